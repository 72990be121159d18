"""What notes bear on: steps, links and assumptions of a map, aims, indicators, activities.

Each is named by a word and an id, "activity:0190…", in forms, filters and URLs.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.database import Rows
from app.delivery.models import Activity, DeliveryPlan
from app.evaluation.models import Bearing, Note
from app.extensions import db
from app.indicators.models import Indicator
from app.theory_of_change.models import Assumption, Link, Node, Theory
from app.workstreams.models import Aim, AimKind

_From, _To = aliased(Node), aliased(Node)
_LONGEST = 160  # characters of a choice
_LINK_TEXT = _From.text + " → " + _To.text


@dataclass(frozen=True)
class Borne:
    """One thing that a note bears on. `path` is where it is shown, behind the workstream's URL; None
    where it is not there any more."""

    kind: str
    id: uuid.UUID
    text: str
    path: str | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"

    @property
    def label(self) -> str:
        return KINDS[self.kind].label


@dataclass(frozen=True)
class Kind:
    """A kind of thing: what one and many are called, its model, its column on `Bearing`, and the name of
    the collection on `Note`."""

    label: str
    plural: str
    model: type[Any]
    column: str
    collection: str


# In the order in which they are offered.
KINDS: Mapping[str, Kind] = {
    "aim": Kind(
        "Priority or ambition", "Priorities and ambition statements", Aim, "aim_id", "aims"
    ),
    "node": Kind("Step of a map", "Steps of a map", Node, "node_id", "nodes"),
    "link": Kind("Link of a map", "Links of a map", Link, "link_id", "links"),
    "assumption": Kind("Assumption", "Assumptions", Assumption, "assumption_id", "assumptions"),
    "indicator": Kind("Indicator", "Indicators", Indicator, "indicator_id", "indicators"),
    "activity": Kind("Activity", "Activities", Activity, "activity_id", "activities"),
}


def read_key(text: str) -> tuple[str, uuid.UUID] | None:
    """(kind, id) of a word from a form or a URL; None for anything else."""
    kind, _, raw = text.partition(":")
    try:
        return (kind, uuid.UUID(raw)) if kind in KINDS else None
    except ValueError:
        return None


def keys_of(note: Note) -> list[str]:
    """The words of what a note bears on; one query."""
    return [one.key for one in borne_by([note.id]).get(note.id, [])]


def bears_on(kind: str, thing_id: uuid.UUID) -> sa.Select[uuid.UUID]:
    """A subquery of the ids of the notes that bear on one thing."""
    return sa.select(Bearing.note_id).where(getattr(Bearing, KINDS[kind].column) == thing_id)


# --- What can be chosen ---


def _things(workstream_id: uuid.UUID) -> dict[str, Rows]:
    """By kind: a SELECT of id, text, whether it is gone, and what it stands under."""
    theory = Theory.title
    gone = Theory.archived_at.is_not(None)
    return {
        "aim": sa.select(Aim.id, Aim.text, Aim.archived_at.is_not(None), sa.literal(""))
        .where(Aim.workstream_id == workstream_id)
        .order_by(Aim.position, Aim.id),
        "node": sa.select(Node.id, Node.text, sa.or_(Node.removed_at.is_not(None), gone), theory)
        .join(Theory, Theory.id == Node.theory_id)
        .where(Node.workstream_id == workstream_id)
        .order_by(Theory.position, Theory.id, Node.position, Node.id),
        "link": sa.select(Link.id, _LINK_TEXT, sa.or_(Link.removed_at.is_not(None), gone), theory)
        .join(_From, _From.id == Link.from_id)
        .join(_To, _To.id == Link.to_id)
        .join(Theory, Theory.id == Link.theory_id)
        .where(Link.workstream_id == workstream_id)
        .order_by(Theory.position, Theory.id, _From.position, Link.id),
        "assumption": sa.select(
            Assumption.id, Assumption.text, sa.or_(Assumption.removed_at.is_not(None), gone), theory
        )
        .join(Theory, Theory.id == Assumption.theory_id)
        .where(Assumption.workstream_id == workstream_id)
        .order_by(Theory.position, Theory.id, Assumption.position, Assumption.id),
        "indicator": sa.select(
            Indicator.id, Indicator.name, Indicator.archived_at.is_not(None), sa.literal("")
        )
        .where(Indicator.workstream_id == workstream_id)
        .order_by(Indicator.name, Indicator.id),
        "activity": sa.select(
            Activity.id, Activity.what, Activity.archived_at.is_not(None), DeliveryPlan.title
        )
        .join(DeliveryPlan, DeliveryPlan.id == Activity.plan_id)
        .where(Activity.workstream_id == workstream_id)
        .order_by(DeliveryPlan.starts_on.desc(), Activity.position, Activity.id),
    }


def choices_of(
    workstream_id: uuid.UUID, chosen: Collection[str] = ()
) -> dict[str, list[tuple[str, str]]]:
    """By kind, (word, text) of everything in a workstream that a note can bear on; what is gone only
    where it is `chosen` already. Kinds without anything are left out; one query for each kind."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, select in _things(workstream_id).items():
        rows = [
            (f"{kind}:{id}", _worded(text, "no longer there" if gone else under))
            for id, text, gone, under in db.session.execute(select)
            if not gone or f"{kind}:{id}" in chosen
        ]
        if rows:
            found[kind] = rows
    return found


def _worded(text: str, more: str) -> str:
    short = text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + "…"
    return f"{short} ({more})" if more else short


# --- What notes bear on ---


def borne_by(note_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Borne]]:
    """What each of these notes bears on, by kind; one query."""
    wanted = _rows(Bearing.note_id).where(Bearing.note_id.in_(list(note_ids)))
    found: dict[uuid.UUID, list[Borne]] = defaultdict(list)
    for note_id, *row in db.session.execute(wanted):
        found[note_id].append(_borne(row))
    return {note_id: sorted(some, key=_order) for note_id, some in found.items()}


def borne_in(notes: sa.Select[uuid.UUID]) -> list[Borne]:
    """Everything that these notes bear on, each once, by kind and text: what a filter offers."""
    rows = db.session.execute(_rows().where(Bearing.note_id.in_(notes)).distinct())
    return sorted((_borne(row) for row in rows), key=_order)


def _order(borne: Borne) -> tuple[int, str]:
    return list(KINDS).index(borne.kind), borne.text.casefold()


def _rows(*more: Any) -> Rows:
    """(…, text, what `_path` needs, the id of each kind) of what is borne on. An assumption stands on the
    page of its link."""
    text = sa.func.coalesce(
        Aim.text, Node.text, Assumption.text, _LINK_TEXT, Indicator.name, Activity.what
    )
    columns = [getattr(Bearing, about.column) for about in KINDS.values()]
    gone = sa.or_(
        *(model.archived_at.is_not(None) for model in (Aim, Activity, Theory)),
        *(model.removed_at.is_not(None) for model in (Node, Link, _From, _To, Assumption)),
    )
    return (
        sa.select(*more, text, gone, Aim.kind, Theory.id, Link.id, *columns)
        .select_from(Bearing)
        .outerjoin(Aim, Aim.id == Bearing.aim_id)
        .outerjoin(Node, Node.id == Bearing.node_id)
        .outerjoin(Assumption, Assumption.id == Bearing.assumption_id)
        .outerjoin(Link, Link.id == sa.func.coalesce(Bearing.link_id, Assumption.link_id))
        .outerjoin(_From, _From.id == Link.from_id)
        .outerjoin(_To, _To.id == Link.to_id)
        .outerjoin(Theory, Theory.id == sa.func.coalesce(Node.theory_id, Link.theory_id))
        .outerjoin(Indicator, Indicator.id == Bearing.indicator_id)
        .outerjoin(Activity, Activity.id == Bearing.activity_id)
    )


def _borne(row: Sequence[Any]) -> Borne:
    text, gone, aim_kind, theory_id, link_id, *ids = row
    kind, thing_id = next((k, i) for k, i in zip(KINDS, ids, strict=True) if i is not None)
    path = {
        "aim": f"/evidence/ambitions#ambition-{thing_id}"
        if aim_kind is AimKind.AMBITION_STATEMENT
        else f"#statement-{thing_id}",
        "node": f"/map/{theory_id}/nodes/{thing_id}",
        "link": f"/map/{theory_id}/links/{thing_id}",
        "assumption": f"/map/{theory_id}/links/{link_id}#assumption-{thing_id}",
        "indicator": f"/indicators/{thing_id}",
        "activity": f"/plan/activities/{thing_id}",
    }[kind]
    return Borne(kind, thing_id, text, None if gone else path)
