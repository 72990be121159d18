"""`flask files …`: for the person who runs Waymark."""

import click
from flask.cli import AppGroup

from app.evaluation.files.tidying import tidy

files_cli = AppGroup("files", help="The files of evaluation notes.")


@files_cli.command("tidy")
def tidy_files() -> None:
    """Delete what no note has: removed, or left behind by a request that failed. Run it once a day."""
    click.echo(f"Files deleted: {tidy()}")
