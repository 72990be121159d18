"""A command for a scheduler."""

import click

from app.cohorts.commands import cohorts
from app.cohorts.interviews import reminding
from app.core import clock
from app.outbox import delivery


@click.command("remind")
def remind() -> None:
    """Remind people by e-mail of their interview on the day before.

    Run it every hour, or once each morning: whoever has been reminded of a time is not reminded of it
    again, and a run that was missed is made good until the interview begins.
    """
    written, failed = reminding.remind_due(clock.moment())
    delivery.deliver_due()
    click.echo(f"Reminders written: {written}. Failed: {failed}.")
    if failed:
        raise SystemExit(1)


def register() -> None:
    """Add it to `flask cohorts`."""
    cohorts.add_command(remind)
