"""`flask backup FILE` and `flask restore FILE`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_migrate import upgrade as migrate_to_head
from sqlalchemy.exc import OperationalError

from app.core.formatting import moment
from app.operations import backups
from app.operations.backups import BackupRefused

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("file", type=_FILE)
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@with_appcontext
def backup(file: Path, force: bool) -> None:
    """Write the whole database to FILE while people go on working, and check it."""
    with _told():
        contents = backups.make(file, force=force)
    click.echo(f"Backed up to {file}: {_size(file)}, revision {contents.revision}, checked.")


@click.command("restore")
@click.argument("file", type=_FILE)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--upgrade", is_flag=True, help="Migrate an older backup to this Waymark's tables.")
@with_appcontext
def restore(file: Path, yes: bool, upgrade: bool) -> None:
    """Replace everything in the database by what FILE holds. Everybody is signed out."""
    with _told():
        contents = backups.look_into(file)
        written = moment(datetime.fromtimestamp(file.stat().st_mtime, UTC))
        click.echo(f"Here:   {backups.what_is_here()}")
        click.echo(f"Backup: {file}, {_size(file)}, of {written}, revision {contents.revision}")
        if not yes:
            click.confirm("Replace everything that is here by the backup?", abort=True)
        steps = backups.put_back(file, contents)
    click.echo("Restored: " + "; ".join(step.words for step in steps) + ".")
    newest = backups.newest_revision()
    if contents.revision == newest:
        return
    if upgrade:
        migrate_to_head()
        click.echo(f"Upgraded from revision {contents.revision} to {newest}.")
    else:
        click.echo(
            f"The backup is of revision {contents.revision} and this Waymark needs {newest}. "
            "Now run: flask db upgrade"
        )


@contextmanager
def _told() -> Iterator[None]:
    """What cannot be done, in words."""
    try:
        yield
    except BackupRefused as error:
        raise click.ClickException(str(error)) from error
    except OperationalError as error:
        raise click.ClickException(
            "The database does not answer, or somebody is writing to it. Nothing was changed."
        ) from error


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1000:.0f} KB"
