"""Commands: the first administrator of a real installation."""

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from app.accounts import invitations
from app.accounts.models import GlobalRole
from app.accounts.security_mail import checked_email
from app.core.errors import Refused, refusal
from app.extensions import db
from app.outbox import delivery

accounts = AppGroup("accounts", help="People who may sign in.")


@accounts.command("create-administrator")
@click.argument("email")
@click.argument("name")
def create_administrator(email: str, name: str) -> None:
    """Invite NAME at EMAIL as an administrator, and print the link."""
    try:
        address = checked_email(email)
        user, link = invitations.invite(
            by=None, name=name.strip(), email=address, global_role=GlobalRole.ADMINISTRATOR
        )
        db.session.commit()
    except (Refused, ValueError, IntegrityError) as error:
        db.session.rollback()
        words = refusal(error) if isinstance(error, IntegrityError) else error
        raise click.ClickException(str(words or error)) from error
    delivery.deliver_due()
    click.echo(f"{user.name} is invited. The link works once, for 48 hours:")
    click.echo(link)
