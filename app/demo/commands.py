"""`flask demo …`: load the demonstration, and make a large database to measure with."""

import time

import click
from flask.cli import AppGroup

from app.demo import loading, scaling
from app.demo.guarding import NotTheDemos
from app.extensions import db

demo = AppGroup("demo", help="The demonstration: refuses any database that holds other people.")


@demo.command("load")
def load() -> None:
    """Load the demo data, once."""
    try:
        loaded = loading.load()
    except NotTheDemos as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo("The demo is loaded." if loaded else "The demo is already loaded.")


@demo.command("scale")
@click.option("--workstreams", default=500, show_default=True, type=click.IntRange(0, 100_000))
@click.option("--activities", default=50_000, show_default=True, type=click.IntRange(0, 10_000_000))
@click.option(
    "--changes", default=0, show_default=True, type=click.IntRange(0), help="Change records to add."
)
def scale(workstreams: int, activities: int, changes: int) -> None:
    """Add invented workstreams and activities, for measuring."""
    started = time.perf_counter()
    try:
        scaling.scale(workstreams=workstreams, activities=activities, changes=changes)
    except NotTheDemos as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(
        f"Added {workstreams:,} workstreams, {activities:,} activities and {changes:,} change "
        f"records in {time.perf_counter() - started:.1f} s."
    )
