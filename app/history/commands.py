"""`flask history …`: for the person who runs Waymark."""

import uuid

import click
from flask.cli import AppGroup

from app.extensions import db
from app.history import services

commands = AppGroup("history", help="The change history.")


@commands.command("erase-person")
@click.argument("person", type=click.UUID)
def erase_person(person: uuid.UUID) -> None:
    """Erase what the history keeps of PERSON's name and e-mail address (their user id)."""
    erased = services.erase_personal(subject_id=person)
    db.session.commit()
    click.echo(f"Personal details erased from {erased} records.")
