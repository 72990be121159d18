"""`flask search rebuild`: makes the index from scratch."""

import click
from flask.cli import AppGroup

from app.extensions import db
from app.search.keeping import rebuild

commands = AppGroup("search", help="The index that search looks through.")


@commands.command("rebuild")
def rebuild_index() -> None:
    """Make the index from scratch: after rows were changed by hand, past Waymark."""
    number = rebuild(db.session())
    db.session.commit()
    click.echo(f"{number:,} things can be found.")
