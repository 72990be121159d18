"""Commands for a scheduler: send what is due every few minutes, delete what is old every day."""

from datetime import timedelta

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import clock
from app.extensions import db
from app.outbox import delivery, services

outbox = AppGroup("outbox", help="Mail that waits to be sent.")


@outbox.command("send")
def send() -> None:
    """Send every message that is due, and try again those that failed."""
    if not current_app.config["SMTP_HOST"]:
        click.echo("There is no mail server (SMTP_HOST). Messages are kept at /outbox.")
        return
    click.echo(f"Sent: {delivery.deliver_due()}")


@outbox.command("tidy")
@click.option("--days", type=click.IntRange(min=1), default=90, show_default=True)
def tidy(days: int) -> None:
    """Delete messages older than DAYS, whether sent, kept or failed; what waits stays."""
    deleted = services.delete_before(clock.now() - timedelta(days=days))
    db.session.commit()
    click.echo(f"Deleted: {deleted}")
