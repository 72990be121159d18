"""What applicants are written about their interview. Nothing to those without an address: the
coordinator is shown whom to ring."""

from datetime import datetime
from typing import Any

from app.cohorts.applications.models import Application
from app.cohorts.interviews import calendar_file
from app.cohorts.interviews.models import Interview, InterviewSlot
from app.cohorts.interviews.way_in import way_in
from app.core.formatting import moment
from app.core.time_field import in_words
from app.outbox import services as outbox


def when(starts_at: datetime, ends_at: datetime) -> str:
    """10 August 2021 at 10:00am, until 10:30am"""
    return f"{moment(starts_at)}, until {in_words(ends_at)}"


def invite(application: Application) -> None:
    """Ask somebody to pick a time."""
    _send(
        application,
        "Pick a time for your interview",
        "we would like to meet you. Pick a time that suits you:",
        closing="Times go to whoever picks them first.",
    )


def tell_picked(interview: Interview) -> None:
    """Confirm the time that somebody has now, with a file for their calendar."""
    slot = interview.slot
    assert slot is not None
    _send(
        interview.application,
        "Your interview",
        f"your interview is on {when(slot.starts_at, slot.ends_at)}.{_where(slot.place)}\n\n"
        "A file for your calendar is attached. You can change the time or cancel it until 24 hours "
        "before it begins:",
        calendar=calendar_file.write(**about(interview, slot)),
    )


def tell_changed(interview: Interview, before: str) -> None:
    """We have changed the time or place of what they picked."""
    slot = interview.slot
    assert slot is not None
    _send(
        interview.application,
        "Your interview has changed",
        f"we have had to change your interview. It was on {before}.\n\n"
        f"It is now on {when(slot.starts_at, slot.ends_at)}.{_where(slot.place)}\n\n"
        "A file for your calendar is attached. If this does not suit you, pick another time:",
        calendar=calendar_file.write(**about(interview, slot)),
    )


def tell_cancelled(interview: Interview, slot: InterviewSlot) -> None:
    """They gave up their time."""
    _send(
        interview.application,
        "Your interview is cancelled",
        f"you no longer have an interview on {when(slot.starts_at, slot.ends_at)}. We would still "
        "like to meet you. Pick another time:",
        calendar=calendar_file.write(**about(interview, slot), called_off=True),
    )


def tell_removed(interview: Interview, slot: InterviewSlot) -> None:
    """We have taken away the time that they had picked."""
    _send(
        interview.application,
        "Pick another time for your interview",
        f"we are sorry: we cannot meet you on {when(slot.starts_at, slot.ends_at)} after all. "
        "Pick another time:",
        calendar=calendar_file.write(**about(interview, slot), called_off=True),
    )


def remind(interview: Interview) -> None:
    """The day before."""
    slot = interview.slot
    assert slot is not None
    _send(
        interview.application,
        "Your interview is soon",
        f"your interview is on {when(slot.starts_at, slot.ends_at)}.{_where(slot.place)}\n\n"
        "If you cannot come, tell us as soon as you can. Your application is here:",
        calendar=calendar_file.write(**about(interview, slot)),
    )


def about(interview: Interview, slot: InterviewSlot) -> dict[str, Any]:
    """What a calendar is told of an interview."""
    return {
        "uid": f"interview-{interview.id}",
        "version": interview.version,
        "title": f"Interview: {interview.application.workstream.name}",
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "place": slot.place,
    }


def _where(place: str) -> str:
    return f"\n\nWhere: {place}" if place else ""


def _send(
    application: Application,
    subject: str,
    words: str,
    *,
    closing: str = "",
    calendar: str | None = None,
) -> None:
    if application.email is None:
        return
    cohort = application.workstream
    body = (
        f"Hello {application.called}\n\n"
        f"About your application to {cohort.name}: {words}\n\n"
        f"{way_in(application, cohort.slug, '/interview')}\n"
    )
    if closing:
        body += f"\n{closing}\n"
    outbox.send(
        recipient=application.email,
        subject=f"{subject} ({application.reference})",
        body=body,
        calendar=calendar,
    )
