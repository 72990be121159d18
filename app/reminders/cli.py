"""Commands for a scheduler: every hour is a good rhythm; who is due is decided here."""

import click
from flask.cli import AppGroup

from app.core import clock
from app.outbox import delivery
from app.reminders import services

digest = AppGroup("digest", help="The list of what needs somebody, by e-mail.")


@digest.command("send")
def send() -> None:
    """Write the digests that are due today and send them; again on the same day, only what is left."""
    moment = clock.moment()
    if reason := services.why_not_now(moment):
        click.echo(reason)
        return
    counts = services.write_due(moment.date())
    delivery.deliver_due()
    click.echo(
        f"Digests written: {counts.written}. Nothing to say: {counts.nothing}. "
        f"Failed: {counts.failed}."
    )
    if counts.failed:
        raise SystemExit(1)
