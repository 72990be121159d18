"""What the database holds, beside what everybody was told."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bench.applying.applicant import Applicant
from bench.applying.cohort import APPLICANTS, ESSAY, Cohort
from bench.applying.rush import Rush


def faults(site: Cohort, rush: Rush) -> list[str]:
    """What is lost, doubled, late or not kept; a sentence for each."""
    from app.cohorts.applications.models import Answer, Application, ApplicationMove
    from app.cohorts.applications.stages import Stage
    from app.extensions import db
    from app.outbox.models import Message

    wrong = list(rush.wrong)
    with site.app.app_context():
        rows = db.session.scalars(sa.select(Application)).all()
        answers: dict[Any, dict[str, list[str]]] = defaultdict(dict)
        for answer in db.session.scalars(sa.select(Answer)):
            answers[answer.application_id][answer.asked["text"]] = answer.value
        moves = Counter(db.session.scalars(sa.select(ApplicationMove.application_id)))
        told = Counter(
            db.session.scalars(
                sa.select(Message.recipient).where(Message.subject.like("We have your%"))
            )
        )
        by_email = {row.email: row for row in rows}
        if len(by_email) != len(rows) or len({row.reference for row in rows}) != len(rows):
            wrong.append("an address or a reference is there twice")
        strangers = set(by_email) - {one.email for one in rush.applicants}
        wrong += [f"nobody is {email}" for email in strangers]
        for one in rush.applicants:
            row = by_email.get(one.email)
            if row is None:
                wrong.append(f"{one.email} is lost")
                continue
            sent = row.stage is Stage.SUBMITTED
            acknowledged = 303 in one.told
            if sent is not acknowledged:
                wrong.append(f"{one.email} was answered {one.told} and is at {row.stage.value}")
            # One move and one mail for each that was sent, however often the button was pressed.
            if (moves[row.id], told[one.email]) != (int(sent), int(sent)):
                wrong.append(f"{one.email} has {moves[row.id]} moves, {told[one.email]} mails")
            if sent and not row.submitted_at < rush.closes_at:
                wrong.append(f"{one.email} is late: {row.submitted_at}")
            wrong += _not_kept(one, row, answers[row.id])
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
    return wrong


def _not_kept(one: Applicant, row: Any, answers: dict[str, list[str]]) -> list[str]:
    """Everything that was acknowledged page by page is there as it was said."""
    kept = {
        "name": row.name,
        "telephone": row.phone,
        "date-of-birth": row.born_on and f"{row.born_on:%-d %-m %Y}",
        "area": row.area and row.area.value,
        "heard-of-it": row.source and row.source.value,
        "help-to-take-part": row.adjustments,
    }
    wrong = [
        f"{one.email} said {said!r} at {path} and there is {kept[path]!r}"
        for path, said in one.said.items()
        if path in kept and kept[path] != said
    ]
    written = Counter(said for path, said in one.said.items() if path.startswith("questions/"))
    if written != Counter(text for value in answers.values() for text in value):
        wrong.append(f"the answers of {one.email} are not what they wrote: {answers}"[:300])
    if 303 in one.told and answers.get(ESSAY) != [one.essay()]:
        wrong.append(f"the essay of {one.email} is not what they wrote")
    if row.eligibility and set(row.eligibility.values()) != {True}:
        wrong.append(f"{one.email} said yes and there is {row.eligibility}")
    return wrong


def not_submitted(site: Cohort, rush: Rush) -> tuple[list[str], int]:
    """The coordinator finds those who did not send it, under "Not submitted". Gives what is wrong, and
    how many they are."""
    drafts = sum(303 not in one.told for one in rush.applicants)
    page = site.coordinator.get(APPLICANTS)
    listed = site.coordinator.get(f"{APPLICANTS}?stage=draft")
    wrong = []
    if drafts and f"<strong>{drafts}</strong> Not submitted" not in page.body:
        wrong.append(f"the coordinator's table does not say that {drafts} were not submitted")
    first = next((one for one in reversed(rush.applicants) if 303 not in one.told), None)
    if first and drafts <= 50 and first.name not in listed.body:
        wrong.append(f"{first.name} is not among those not submitted")
    return wrong, drafts


def when(moment: datetime) -> str:
    """To the second, for a report."""
    return f"{moment:%H:%M:%S}"
