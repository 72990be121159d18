"""`flask cohorts invite`, for a scheduler: every ten minutes is a good rhythm."""

import click

from app.cohorts.commands import cohorts
from app.cohorts.inviting import sending
from app.outbox import delivery


@cohorts.command("invite")
def invite() -> None:
    """Send the invitations and the news that waited for applications to open; again, only what is
    left."""
    counts = sending.send_waiting()
    delivery.deliver_due()
    click.echo(
        f"Invited: {counts.invited}. Told: {counts.told}. Forgotten: {counts.forgotten}. "
        f"Failed: {counts.failed}."
    )
    if counts.failed:
        raise SystemExit(1)
