"""What is done about somebody's data, each time recorded without a word of them."""

import sqlalchemy as sa
from flask import has_request_context

from app.accounts.models import User
from app.cohorts.applications.models import Application, Outcome, Participant
from app.cohorts.applications.moving import move
from app.cohorts.applications.stages import Mover, Stage, may_move
from app.cohorts.personal_data import erasing, overwriting
from app.cohorts.personal_data.categories import Category
from app.cohorts.personal_data.held import counts_of
from app.cohorts.personal_data.models import (
    Action,
    DataRequest,
    Reason,
    RequestKind,
    RetentionRule,
)
from app.cohorts.personal_data.people import Person, names_of, references_of
from app.core import clock
from app.core.editing import check_version
from app.core.errors import EditConflict
from app.core.unit_of_work import after_commit
from app.extensions import db

_NO_REFERENCE = "An address without an application"


def note_handing_over(*, person: Person, by: User) -> DataRequest:
    """Record that somebody's data were downloaded for them."""
    return _record(RequestKind.HANDED_OVER, None, person, by)


def erase_person(*, person: Person, by: User, reason: Reason) -> DataRequest:
    """Erase everything that says who somebody is, wherever it is. What is counted stays.

    An application that is still under way is withdrawn first, so that a place it holds goes to the
    next in line; a participant who is still there has left.
    """
    overwriting.overwrite_what_goes()
    record = _record(RequestKind.ERASED, reason, person, by)
    names = [name for name in names_of(person) if len(name.split()) > 1]
    _end_what_is_under_way(person, by)
    for table, ids in person.records.items():
        erasing.anonymise(table, ids)
    erasing.forget_mail(person.emails, names)
    erasing.forget_uploads([*person.emails, *names])
    erasing.forget_history_of_the_gone()
    if has_request_context():
        after_commit(overwriting.empty_the_log)
    return record


def save_rule(*, category: Category, version: int, months: int, action: Action) -> None:
    """Change for how long something is kept. `version` 0: it was still as it came. Raises
    EditConflict."""
    rule = db.session.scalar(
        sa.select(RetentionRule).where(RetentionRule.category == category.kept)
    )
    if rule is None:
        if version != 0:
            raise EditConflict
        db.session.add(RetentionRule(category=category.kept, months=months, action=action))
    else:
        check_version(rule, version)
        rule.months, rule.action = months, action
    db.session.flush()


def _record(kind: RequestKind, reason: Reason | None, person: Person, by: User) -> DataRequest:
    record = DataRequest(
        kind=kind,
        reason=reason,
        by_id=by.id,
        about=", ".join(references_of(person)) or _NO_REFERENCE,
        records=counts_of(person),
    )
    db.session.add(record)
    db.session.flush()
    return record


def _end_what_is_under_way(person: Person, by: User) -> None:
    applications = db.session.scalars(
        sa.select(Application)
        .where(Application.id.in_(person.application_ids))
        .order_by(Application.id)
        .with_for_update()
    )
    for application in applications:
        if may_move(Mover.COORDINATOR, application.stage, Stage.WITHDRAWN):
            move(application=application, to=Stage.WITHDRAWN, mover=Mover.COORDINATOR, by=by)
    still_there = db.session.scalars(
        sa.select(Participant)
        .where(
            Participant.application_id.in_(person.application_ids), Participant.outcome.is_(None)
        )
        .order_by(Participant.id)
    )
    for participant in still_there:
        participant.outcome, participant.outcome_on = Outcome.WITHDRAWN, clock.today()
        participant.anonymised_at = clock.now()
    db.session.flush()
