"""Commands: the first administrator of a real installation."""

import click
from flask.cli import AppGroup

from app.accounts import invitations
from app.accounts.models import GlobalRole
from app.accounts.security_mail import checked_email
from app.core.errors import Refused
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
    except (Refused, ValueError) as error:
        db.session.rollback()
        raise click.ClickException(str(error)) from error
    delivery.deliver_due()
    click.echo(f"{user.name} is invited. The link works once, for 48 hours:")
    click.echo(link)
