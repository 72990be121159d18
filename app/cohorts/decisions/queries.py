"""Reads of decisions: what is prepared, what has left, how the places stand; access loaders."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload

from app.cohorts.applications.models import Application
from app.cohorts.applications.stages import PLACED, Mover, Stage, may_move
from app.cohorts.call.models import Call
from app.cohorts.call.queries import find_call
from app.cohorts.decisions.models import Decision, DecisionKind, Letter, Release, WaitingPlace
from app.cohorts.reviewing.models import Review
from app.cohorts.reviewing.standing import in_force
from app.core.access import Loaded, User
from app.core.paging import Page, paged
from app.extensions import db

ON_A_PAGE = 50
LETTERS_ON_A_PAGE = 20


def decision_in_url(user: User, slug: str, decision_id: uuid.UUID) -> Loaded | None:
    """Access loader: gives the view `place`, `call` and `decision`."""
    found = find_call(user, slug)
    decision = db.session.get(Decision, decision_id) if found else None
    if found is None or decision is None or decision.workstream_id != found[0].id:
        return None
    return Loaded({"place": found[0], "call": found[1], "decision": decision}, found[0].roles)


def release_in_url(user: User, slug: str, release_id: uuid.UUID) -> Loaded | None:
    """Access loader: gives the view `place`, `call` and `release`."""
    found = find_call(user, slug)
    release = db.session.get(Release, release_id) if found else None
    if found is None or release is None or release.workstream_id != found[0].id:
        return None
    return Loaded({"place": found[0], "call": found[1], "release": release}, found[0].roles)


def letter_in_url(
    user: User, slug: str, release_id: uuid.UUID, letter_id: uuid.UUID
) -> Loaded | None:
    """Access loader: gives the view `place`, `release` and `letter`, of somebody without an address."""
    found = release_in_url(user, slug, release_id)
    letter = db.session.get(Letter, letter_id) if found else None
    if found is None or letter is None or letter.release_id != release_id:
        return None
    args = {name: found.view_args[name] for name in ("place", "release")}
    return Loaded({**args, "letter": letter}, found.roles)


def letter_kind_in_url(user: User, slug: str, letter_kind: str) -> Loaded | None:
    """Access loader: gives the view `place`, `call` and `kind`."""
    found = find_call(user, slug)
    if found is None:
        return None
    kind = next(kind for kind in DecisionKind if kind.in_url == letter_kind)
    args = {"place": found[0], "call": found[1], "kind": kind}
    return Loaded(args, found[0].roles)


@dataclass(frozen=True)
class Numbers:
    """How the places of a cohort stand."""

    places: int
    stages: dict[Stage, int]
    # Prepared decisions that can be released, by kind; and how many cannot, because of where the
    # application stands now.
    prepared: dict[DecisionKind, int]
    stuck: int
    released: bool  # whether any decision has left yet

    @property
    def placed(self) -> int:
        """Places that are taken: offered, accepted, enrolled."""
        return sum(self.stages.get(stage, 0) for stage in PLACED)

    @property
    def free(self) -> int:
        """Places not taken, without counting what is prepared; below 0 when there are too many."""
        return self.places - self.placed

    @property
    def unpromised(self) -> int:
        """Free places for which no offer is prepared; below 0 when more are prepared than are free."""
        return self.free - self.prepared[DecisionKind.OFFER]

    @property
    def ready(self) -> int:
        """How many decisions a release would send."""
        return sum(self.prepared.values())

    @property
    def waiting(self) -> int:
        return self.stages.get(Stage.WAITLISTED, 0)

    @property
    def over(self) -> int:
        """By how many the prepared offers would be more than the places that are free."""
        return max(0, -self.unpromised)

    @property
    def can_offer_next(self) -> bool:
        """Whether a place has become free for somebody on the waiting list."""
        return self.released and self.waiting > 0 and self.unpromised > 0


def is_ready(decision: Decision) -> bool:
    """Whether a prepared decision can be released, as its application stands now."""
    return may_move(Mover.RELEASE, decision.application.stage, decision.kind.stage)


def numbers(call: Call) -> Numbers:
    """How the places stand. Two queries."""
    stages: dict[Stage, int] = {}
    ready = dict.fromkeys(DecisionKind, 0)
    stuck = 0
    rows = db.session.execute(
        sa.select(Application.stage, Decision.kind, sa.func.count())
        .outerjoin(
            Decision,
            sa.and_(Decision.application_id == Application.id, Decision.release_id.is_(None)),
        )
        .where(Application.workstream_id == call.workstream_id)
        .group_by(Application.stage, Decision.kind)
    )
    for stage, kind, count in rows:
        stages[stage] = stages.get(stage, 0) + count
        if kind is None:
            continue
        if may_move(Mover.RELEASE, stage, kind.stage):
            ready[kind] += count
        else:
            stuck += count
    released = db.session.scalar(
        sa.select(sa.exists().where(Release.workstream_id == call.workstream_id))
    )
    return Numbers(call.places, stages, ready, stuck, bool(released))


def placed_count(workstream_id: uuid.UUID) -> int:
    """How many places are taken."""
    return (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(Application)
            .where(Application.workstream_id == workstream_id, Application.stage.in_(PLACED))
        )
        or 0
    )


def _prepared(call: Call) -> sa.Select[Decision]:
    """In the order of the kinds, those for the waiting list in its order."""
    return (
        sa.select(Decision)
        .join(Decision.application)
        .options(contains_eager(Decision.application).joinedload(Application.workstream))
        .where(Decision.workstream_id == call.workstream_id, Decision.release_id.is_(None))
        .order_by(
            sa.case({kind.value: n for n, kind in enumerate(DecisionKind)}, value=Decision.kind),
            sa.func.coalesce(Decision.rank, 0),
            Decision.id,
        )
    )


def prepared_page(call: Call, page: int) -> Page[Decision]:
    """Prepared decisions with their applications."""
    return paged(_prepared(call), page, LETTERS_ON_A_PAGE)


def prepared(call: Call, *, lock: bool = False) -> list[Decision]:
    """Every prepared decision with its application; `lock` keeps both from changing until the
    transaction ends, and reads them anew."""
    query = _prepared(call)
    if lock:
        query = query.with_for_update(of=[Decision, Application]).execution_options(
            populate_existing=True
        )
    return list(db.session.scalars(query))


def prepared_for(application_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Decision]:
    """Prepared decisions by application."""
    mine = sa.select(Decision).where(
        Decision.application_id.in_(list(application_ids)), Decision.release_id.is_(None)
    )
    return {decision.application_id: decision for decision in db.session.scalars(mine)}


def reviewers_feedback(application_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What reviewers wrote for applicants themselves, by application; without those for whom nobody
    wrote anything."""
    rows = db.session.execute(
        sa.select(Review.application_id, Review.applicant_feedback)
        .where(
            Review.application_id.in_(list(application_ids)),
            Review.applicant_feedback != "",
            in_force(),
        )
        .order_by(Review.id)
    )
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for application_id, words in rows:
        found[application_id].append(words)
    return {application_id: "\n\n".join(words) for application_id, words in found.items()}


def decisions_of(application: Application) -> list[Decision]:
    """Every decision about somebody, the newest first."""
    return list(
        db.session.scalars(
            sa.select(Decision)
            .options(
                joinedload(Decision.letter),
                joinedload(Decision.release).joinedload(Release.released_by),
            )
            .where(Decision.application_id == application.id)
            .order_by(Decision.id.desc())
        )
    )


def told_decision(application: Application) -> Decision | None:
    """The newest decision that somebody has been told, with its letter."""
    return db.session.scalar(
        sa.select(Decision)
        .join(Decision.letter)
        .options(contains_eager(Decision.letter))
        .where(Decision.application_id == application.id, Decision.release_id.is_not(None))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def offer_of(application: Application) -> Decision | None:
    """The offer that somebody has now, or had last."""
    return db.session.scalar(
        sa.select(Decision)
        .where(Decision.application_id == application.id, is_current_offer())
        .limit(1)
    )


def is_current_offer() -> sa.ColumnElement[bool]:
    """SQL on Decision: an offer that was released, and no offer to the same person after it."""
    later = aliased(Decision)
    return sa.and_(
        Decision.kind == DecisionKind.OFFER,
        Decision.release_id.is_not(None),
        ~sa.exists().where(
            later.application_id == Decision.application_id,
            later.kind == DecisionKind.OFFER,
            later.release_id.is_not(None),
            later.id > Decision.id,
        ),
    )


def offers_page(call: Call, page: int) -> Page[Decision]:
    """The offers made, each with its application and release: those not answered first, by the time
    they have; then those accepted; then the others."""
    order = {
        stage.value: n for n, stage in enumerate((Stage.OFFERED, Stage.ACCEPTED, Stage.ENROLLED))
    }
    query = (
        sa.select(Decision)
        .join(Decision.application)
        .options(contains_eager(Decision.application), joinedload(Decision.release))
        .where(Decision.workstream_id == call.workstream_id, is_current_offer())
        .order_by(
            sa.case(order, value=Application.stage, else_=len(order)),
            Decision.reply_by,
            Decision.id,
        )
    )
    return paged(query, page, ON_A_PAGE)


def waiting_list(call: Call) -> list[tuple[WaitingPlace, Decision | None]]:
    """Who is on the waiting list, in order, and the offer that is prepared for them, if any."""
    rows = db.session.execute(
        sa.select(WaitingPlace, Decision)
        .join(WaitingPlace.application)
        .outerjoin(
            Decision,
            sa.and_(Decision.application_id == Application.id, Decision.release_id.is_(None)),
        )
        .options(contains_eager(WaitingPlace.application))
        .where(WaitingPlace.workstream_id == call.workstream_id)
        .order_by(WaitingPlace.position, WaitingPlace.id)
    )
    return [(place, decision) for place, decision in rows]


def next_waiting(call: Call) -> Application | None:
    """The first on the waiting list for whom nothing is prepared."""
    return db.session.scalar(
        sa.select(Application)
        .join(WaitingPlace, WaitingPlace.application_id == Application.id)
        .where(
            WaitingPlace.workstream_id == call.workstream_id,
            Application.stage == Stage.WAITLISTED,
            ~sa.exists().where(
                Decision.application_id == Application.id, Decision.release_id.is_(None)
            ),
        )
        .order_by(WaitingPlace.position, WaitingPlace.id)
        .limit(1)
    )


def releases(call: Call) -> list[Release]:
    """What has left, the newest first."""
    mine = sa.select(Release).where(Release.workstream_id == call.workstream_id)
    return list(
        db.session.scalars(
            mine.options(joinedload(Release.released_by)).order_by(Release.id.desc()).limit(200)
        )
    )


def letters_of(release: Release, page: int) -> Page[Letter]:
    """The letters of a release: first those that no e-mail has taken."""
    return paged(_letters(release).order_by(Letter.by_email, Letter.id), page, ON_A_PAGE)


def letters_to_print(release: Release, *, everybody: bool) -> list[Letter]:
    """The letters to those without an e-mail address, or to everybody."""
    query = _letters(release).order_by(Letter.id)
    return list(db.session.scalars(query if everybody else query.where(~Letter.by_email)))


def _letters(release: Release) -> sa.Select[Letter]:
    return (
        sa.select(Letter)
        .options(joinedload(Letter.application), joinedload(Letter.decision))
        .where(Letter.release_id == release.id)
    )


def untold(release: Release) -> int:
    """How many of a release are still to be told by telephone or letter."""
    return (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(Letter)
            .where(Letter.release_id == release.id, ~Letter.by_email, Letter.told_at.is_(None))
        )
        or 0
    )
