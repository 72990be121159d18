"""Preparing decisions. Nobody outside can tell: the application stays where it stands."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import User
from app.cohorts.applications.models import Application, ApplicationMove
from app.cohorts.applications.stages import Mover, Stage, may_move
from app.cohorts.call.models import Call
from app.cohorts.decisions import letters, queries
from app.cohorts.decisions.models import Decision, DecisionKind
from app.cohorts.decisions.turns import take_turns
from app.core import clock
from app.core.editing import check_version
from app.core.errors import Refused
from app.extensions import db

RELEASED = "This decision has been released, so it cannot be changed"


@dataclass(frozen=True)
class Prepared:
    """How preparing many went: how many are prepared, and who was left out because of where their
    application stands."""

    count: int
    left_out: list[str]


def prepare(
    *,
    call: Call,
    by: User,
    application_ids: Sequence[uuid.UUID],
    kind: DecisionKind,
    reply_by: datetime | None,
    with_feedback: bool = False,
) -> Prepared:
    """Prepare one decision for each of these applications, in the order given (which is that of the
    waiting list, for those who join it). A decision that was prepared already becomes this one.
    `with_feedback` takes over what reviewers wrote for applicants, where there is no feedback yet.
    Raises Refused."""
    take_turns(call)
    _check_reply_by(kind, reply_by)
    found = {
        application.id: application
        for application in db.session.scalars(
            sa.select(Application)
            .where(
                Application.workstream_id == call.workstream_id,
                Application.id.in_(list(application_ids)),
            )
            .execution_options(populate_existing=True)
        )
    }
    there = queries.prepared_for(found)
    said = queries.reviewers_feedback(found) if with_feedback else {}
    rank = _last_rank(call)
    count, left_out = 0, []
    for application_id in dict.fromkeys(application_ids):
        application = found.get(application_id)
        if application is None:
            continue
        if not may_move(Mover.RELEASE, application.stage, kind.stage):
            left_out.append(f"{application.called} ({application.stage.label})")
            continue
        decision = there.get(application_id)
        if decision is None:
            decision = Decision(
                workstream_id=call.workstream_id,
                application_id=application_id,
                prepared_by_id=by.id,
            )
            db.session.add(decision)
        _set(decision, kind, reply_by)
        if kind is DecisionKind.WAITING_LIST and decision.rank is None:
            rank += 1
            decision.rank = rank
        decision.feedback = decision.feedback or said.get(application_id, "")
        count += 1
    db.session.flush()
    return Prepared(count, left_out)


def edit(
    *,
    decision: Decision,
    call: Call,
    version: int,
    kind: DecisionKind,
    reply_by: datetime | None,
    rank: int | None,
    feedback: str,
    subject: str,
    body: str,
) -> None:
    """Change a prepared decision and its letter. Words that are the template's own are not kept as
    this person's: they go on following the template. Raises EditConflict, Refused."""
    take_turns(call)
    db.session.refresh(decision)
    if decision.release_id is not None:
        raise Refused(RELEASED)
    check_version(decision, version)
    _check_reply_by(kind, reply_by)
    if not may_move(Mover.RELEASE, decision.application.stage, kind.stage):
        where = decision.application.stage.label
        raise Refused(f"An application at stage {where} cannot get this decision", "kind")
    templates = letters.templates_of(call)
    from_template = {(words.subject, words.body.strip()) for words in templates.values()}
    own = (subject, body.strip()) not in from_template
    _set(decision, kind, reply_by)
    decision.rank = rank if kind is DecisionKind.WAITING_LIST else None
    decision.feedback = feedback
    decision.own_subject, decision.own_letter = (subject, body) if own else ("", "")
    db.session.flush()


def _set(decision: Decision, kind: DecisionKind, reply_by: datetime | None) -> None:
    if decision.kind is not kind:
        # Somebody's own words of another kind of letter would say the wrong thing.
        decision.own_subject, decision.own_letter, decision.rank = "", "", None
    decision.kind = kind
    decision.reply_by = reply_by if kind is DecisionKind.OFFER else None


def _check_reply_by(kind: DecisionKind, reply_by: datetime | None) -> None:
    if kind is not DecisionKind.OFFER:
        return
    if reply_by is None:
        raise Refused("Enter the day by which they must answer", "reply_by_day")
    if reply_by <= clock.moment():
        raise Refused("The time to answer must be in the future", "reply_by_day")


def _last_rank(call: Call) -> int:
    return (
        db.session.scalar(
            sa.select(sa.func.max(Decision.rank)).where(
                Decision.workstream_id == call.workstream_id, Decision.release_id.is_(None)
            )
        )
        or 0
    )


def remove(*, decision: Decision, call: Call, version: int) -> None:
    """Decide nothing yet. Raises EditConflict, Refused."""
    take_turns(call)
    db.session.refresh(decision)
    if decision.release_id is not None:
        raise Refused(RELEASED)
    check_version(decision, version)
    db.session.delete(decision)
    db.session.flush()


def forget_when_gone(application: Application, move: ApplicationMove) -> None:
    """Whoever withdraws needs no decision any more."""
    if move.after is Stage.WITHDRAWN:
        for decision in queries.prepared_for([application.id]).values():
            db.session.delete(decision)
        db.session.flush()
