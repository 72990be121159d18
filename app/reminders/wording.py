"""The digest in words: plain text, each thing with the link to where it is mended."""

from datetime import date

from app.accounts.models import User
from app.accounts.security_mail import absolute_url, on_site
from app.core.formatting import count, day
from app.home.queries import Group, Needs
from app.reminders.models import Frequency

WHEN = {
    Frequency.WEEKLY: "on Mondays or on the next working day",
    Frequency.DAILY: "on each working day",
}


def subject_of(needs: Needs) -> str:
    """Names nothing: it is read over people's shoulders."""
    return f"Waymark: {_things(needs)} you"


def body_of(user: User, needs: Needs, today: date, frequency: Frequency, stop_url: str) -> str:
    """What the front page lists for this person, grouped as there, and why they get it."""
    groups = "\n\n\n".join(_group(group) for group in needs.groups)
    return (
        f"Hello {user.name}\n\n"
        f"{_things(needs)} you today, {day(today)}. Each link leads to where you can answer it.\n\n\n"
        f"{groups}\n\n\n"
        f"You get this {WHEN[frequency]}, if something needs you, because you have a role on a "
        "workstream. It is the list that you see when you sign in:\n"
        f"{on_site('/')}\n\n"
        "Get it daily, weekly or not at all:\n"
        f"{absolute_url('reminders.digest')}\n\n"
        "Stop it with one click, without signing in:\n"
        f"{stop_url}\n"
    )


def _things(needs: Needs) -> str:
    return f"{count(needs.total, 'thing')} {'needs' if needs.total == 1 else 'need'}"


def _group(group: Group) -> str:
    parts = [f"{group.kind.label.upper()} ({group.total})"]
    parts += [
        f"{' '.join(flag.title.split())}\n{flag.workstream}\n{flag.why}\n{on_site(flag.url)}"
        for flag in group.flags
    ]
    if more := group.total - len(group.flags):
        rest = on_site(f"/?all={group.kind}#{group.kind}")
        parts.append(f"And {more:,} more:\n{rest}")
    return "\n\n".join(parts)
