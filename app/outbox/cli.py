"""Commands: send what is due, for a scheduler to call every few minutes."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.outbox import delivery

outbox = AppGroup("outbox", help="Mail that waits to be sent.")


@outbox.command("send")
def send() -> None:
    """Send every message that is due, and try again those that failed."""
    if not current_app.config["SMTP_HOST"]:
        click.echo("There is no mail server (SMTP_HOST). Messages are kept at /outbox.")
        return
    click.echo(f"Sent: {delivery.deliver_due()}")
