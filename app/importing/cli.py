"""`flask imports purge`, for a timer."""

import click
from flask.cli import AppGroup

from app.core.formatting import count
from app.extensions import db
from app.importing import uploads

imports_cli = AppGroup("imports", help="Files that people are importing.")


@imports_cli.command("purge")
def purge() -> None:
    """Forget files that were not imported within a day."""
    gone = uploads.purge()
    db.session.commit()
    click.echo(f"Forgot {count(gone, 'unfinished import')}.")
