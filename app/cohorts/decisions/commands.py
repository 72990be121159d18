"""A command for a scheduler."""

import click

from app.cohorts.commands import cohorts
from app.cohorts.decisions import answering
from app.core import clock
from app.outbox import delivery


@click.command("lapse")
def lapse() -> None:
    """Decline the offers that nobody has answered in time, so that their places are free.

    Run it every hour. Pages say that an offer has lapsed from the very moment on; this is what moves the
    application and tells the applicant. Running it twice, or on two machines, does it once.
    """
    lapsed, failed = answering.lapse_everywhere(clock.moment())
    delivery.deliver_due()
    click.echo(f"Offers lapsed: {lapsed}. Failed: {failed}.")
    if failed:
        raise SystemExit(1)


def register() -> None:
    """Add it to `flask cohorts`."""
    cohorts.add_command(lapse)
