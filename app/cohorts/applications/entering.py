"""Applications that we write down for somebody: from paper, from the telephone, from a table."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.accounts.models import User
from app.cohorts.applications.duplicates import Applicants
from app.cohorts.applications.models import Answer, Application, Entered, Source
from app.cohorts.applications.moving import move_all
from app.cohorts.applications.queries import answers_of
from app.cohorts.applications.references import new_reference, new_references
from app.cohorts.applications.services import set_address, set_birth
from app.cohorts.applications.stages import Mover, Stage
from app.cohorts.applications.window import is_open_for
from app.cohorts.areas import Area
from app.cohorts.call.models import Call, Question
from app.core import clock
from app.core.editing import check_version, create_once
from app.core.errors import Refused
from app.extensions import db

LATE = "The form is closed. Say why this one still counts, for example “paper received in time”"


@dataclass(frozen=True)
class Entry:
    """What an application says. `answers` holds a value for each question, [] for none."""

    entered: Entered
    name: str
    email: str | None = None
    phone: str = ""
    born_on: date | None = None
    area: Area | None = None
    adjustments: str = ""
    eligibility: dict[str, bool] = field(default_factory=dict)
    source: Source | None = None
    source_body_id: uuid.UUID | None = None
    source_text: str = ""
    answers: Sequence[tuple[Question, list[str]]] = ()

    def columns(self) -> dict[str, Any]:
        """The columns of the application, but for birth."""
        return {
            name: getattr(self, name)
            for name in (
                "entered", "name", "email", "phone", "area", "adjustments", "eligibility",
                "source", "source_body_id", "source_text",
            )
        }  # fmt: skip


def enter(*, id: uuid.UUID, call: Call, entry: Entry, by: User) -> Application:
    """Write an application down, not submitted yet; the same form sent twice writes it once.

    Raises Refused when somebody applied from this address already.
    """
    _refuse_address_twice(call.workstream_id, entry.email, but=id)
    there = {"workstream_id": call.workstream_id}

    def make() -> Application:
        existing = db.session.get(Application, id)
        made = Application(
            id=id,
            reference=existing.reference if existing else new_reference(),
            entered_by_id=by.id,
            **there,
            **entry.columns(),
        )
        set_birth(made, entry.born_on, call.workstream.starts_on)
        return made

    application, created = create_once(Application, id, make, **there)
    if created:
        db.session.add_all(_answers(application, entry.answers))
        db.session.flush()
    return application


def rewrite(*, application: Application, version: int, call: Call, entry: Entry) -> None:
    """Go on with an application that is not submitted yet. Raises EditConflict, Refused."""
    check_version(application, version)
    if application.stage is not Stage.DRAFT:
        raise Refused("This was submitted meanwhile. Open it and mend what needs mending there")
    _refuse_address_twice(call.workstream_id, entry.email, but=application.id)
    set_address(application, entry.email)
    for name, value in entry.columns().items():
        setattr(application, name, value)
    set_birth(application, entry.born_on, call.workstream.starts_on)
    kept = {answer.question_id: answer for answer in answers_of(application)}
    for question, value in entry.answers:
        answer = kept.get(question.id)
        if answer is None or value == answer.value:
            continue
        if value:
            answer.value, answer.asked, answer.answered_at = value, question.as_asked(), clock.now()
        else:
            db.session.delete(answer)
    new = [(question, value) for question, value in entry.answers if question.id not in kept]
    db.session.add_all(_answers(application, new))
    db.session.flush()


def submit(*, applications: Iterable[Application], call: Call, by: User, why: str) -> None:
    """Send in what we wrote down. Once the form is closed (or has not opened), it takes a reason.

    Raises Refused, beside the field `why`, where that is missing.
    """
    waiting = [one for one in applications if one.stage is Stage.DRAFT]
    moment = clock.moment()
    if not why and any(not is_open_for(call, one, moment) for one in waiting):
        raise Refused(LATE, "why")
    move_all(
        moves=[(one, Stage.SUBMITTED) for one in waiting],
        mover=Mover.COORDINATOR,
        by=by,
        why=why,
    )


def enter_many(
    *, entries: Mapping[uuid.UUID, Entry], call: Call, by: User | None
) -> list[Application]:
    """Write many down at once, in order. Whether somebody is there twice was asked before."""
    references = new_references(len(entries))
    starts_on = call.workstream.starts_on
    applications = []
    for (application_id, entry), reference in zip(entries.items(), references, strict=True):
        application = Application(
            id=application_id,
            workstream_id=call.workstream_id,
            reference=reference,
            entered_by_id=by.id if by else None,
            **entry.columns(),
        )
        set_birth(application, entry.born_on, starts_on)
        applications.append(application)
    db.session.add_all(applications)
    db.session.flush()
    for application, entry in zip(applications, entries.values(), strict=True):
        db.session.add_all(_answers(application, entry.answers))
    db.session.flush()
    return applications


def _answers(
    application: Application, answers: Iterable[tuple[Question, list[str]]]
) -> list[Answer]:
    return [
        Answer(
            application_id=application.id,
            question_id=question.id,
            asked=question.as_asked(),
            value=value,
        )
        for question, value in answers
        if value
    ]


def _refuse_address_twice(workstream_id: uuid.UUID, email: str | None, *, but: uuid.UUID) -> None:
    if known := Applicants(workstream_id, but=but).from_address(email):
        raise Refused(f"{known} applied from this address already. Open that one instead", "email")
