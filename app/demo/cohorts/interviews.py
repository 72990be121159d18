"""Cohort 2 has offered its times for interviews in August and written its letter for offers. Applications
are still open, so nobody is asked to an interview and nothing is decided; cohort 1 was chosen before
Waymark and has no letters."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from app.cohorts.decisions.models import DecisionKind, LetterTemplate
from app.cohorts.interviews.models import InterviewSlot
from app.core import time_field
from app.demo.cohorts import Cohorts
from app.demo.dated_history import at_work
from app.demo.facts import deciding as facts
from app.extensions import db


def load(cohorts: Cohorts) -> None:
    """As of the week in which it opened."""
    coordinator = cohorts.known.person("coordinator")
    cohorts.history.as_of(at_work(date(2021, 6, 16), "interviews"), coordinator)
    for day, hours, place in zip(facts.DAYS, facts.HOURS, facts.PLACES, strict=True):
        for starts_at in _starts(day, hours):
            db.session.add(
                InterviewSlot(
                    workstream_id=cohorts.second.id,
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(minutes=facts.MINUTES),
                    place=place,
                    panel=facts.PANEL,
                )
            )
    cohorts.history.as_of(at_work(date(2021, 6, 17), "letters"), coordinator)
    db.session.add(
        LetterTemplate(
            workstream_id=cohorts.second.id,
            call_id=cohorts.calls[cohorts.second.slug].id,
            kind=DecisionKind.OFFER,
            subject=facts.OFFER_SUBJECT,
            body=facts.OFFER,
        )
    )
    db.session.flush()


def _starts(day: date, hours: tuple[tuple[time, time], ...]) -> Iterator[datetime]:
    length = timedelta(minutes=facts.MINUTES)
    for first, until in hours:
        starts_at, end = time_field.at(day, first), time_field.at(day, until)
        while starts_at + length <= end:
            yield starts_at
            starts_at += length
