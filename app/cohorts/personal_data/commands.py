"""`flask retention run`, for a scheduler: once a night."""

from itertools import groupby

import click
from flask.cli import AppGroup

from app.cohorts.personal_data import retention
from app.cohorts.personal_data.categories import CATEGORIES
from app.core.formatting import count

commands = AppGroup("retention", help="Personal data that has been kept long enough.")


@commands.command("run")
@click.option("--dry-run", is_flag=True, help="Say what would go and why, and change nothing.")
def run(*, dry_run: bool) -> None:
    """Anonymise or delete what has been kept long enough (the periods are at /admin/retention)."""
    if dry_run:
        _tell()
        return
    gone = retention.run()
    for kept, number in gone.items():
        click.echo(f"{CATEGORIES[kept].label}: {number:,}")
    click.echo(f"Done: {count(sum(gone.values()), 'record')}.")


def _tell() -> None:
    """References and days, no names."""
    total = 0
    for category, found in groupby(retention.every_due(), key=lambda pair: pair[0].category):
        click.echo(category.label)
        for standing, due in found:
            total += 1
            named = " ".join(word for word in (due.reference, due.place) if word)
            verb = standing.action.value
            click.echo(f"  {verb} {named or due.id}: {due.words}")
    click.echo(f"Nothing was changed. {count(total, 'record')} would go.")
