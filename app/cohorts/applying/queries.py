"""Reads for the public pages."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.cohorts.applications.models import Answer, Application
from app.cohorts.applications.queries import answers_of
from app.cohorts.applications.stages import Stage
from app.cohorts.applications.window import is_open_for
from app.cohorts.applying.sessions import application_at_hand
from app.cohorts.applying.step import Draft
from app.cohorts.applying.steps import steps_of
from app.cohorts.call.models import Call
from app.cohorts.call.queries import conditions_of, questions_of
from app.cohorts.call.standing import Phase, phase_of
from app.core.access import Loaded
from app.extensions import db
from app.workstreams.models import Workstream

# While one of these, what an applicant is told is the same; so must be what they can do, or they could
# read from it how far they have come.
EDITABLE = (Stage.DRAFT, Stage.SUBMITTED, Stage.ELIGIBLE, Stage.SHORTLISTED)


class Window(StrEnum):
    """What the start page says."""

    UNSET = "unset"
    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"
    # Closed, and as many have taken their place as there are places.
    FULL = "full"


def call_in_url(slug: str) -> Loaded | None:
    """Access loader for pages that anybody may open: gives the view the `call` of a cohort."""
    call = db.session.scalar(
        sa.select(Call)
        .join(Call.workstream)
        .where(Workstream.slug == slug, Workstream.archived_at.is_(None))
        .options(contains_eager(Call.workstream))
    )
    return Loaded({"call": call}) if call else None


def window_of(call: Call, moment: datetime) -> Window:
    """How the call stands at an instant (`clock.moment()`).

    A call without a window is closed once its cohort has started. "Full" is said only of a call that has
    closed: until then places are not given away, and nobody is kept from applying by those who came first.
    """
    if call.opens_at is None or call.closes_at is None:
        never = phase_of(call, moment, call.workstream.starts_on) is Phase.NEVER
        return Window.CLOSED if never else Window.UNSET
    if call.is_open(moment):
        return Window.OPEN
    if moment < call.opens_at:
        return Window.BEFORE
    taken = sa.select(sa.func.count()).where(
        Application.workstream_id == call.workstream_id,
        Application.stage.in_((Stage.ACCEPTED, Stage.ENROLLED)),
    )
    return Window.FULL if (db.session.scalar(taken) or 0) >= call.places else Window.CLOSED


def draft_of(call: Call, application: Application) -> Draft:
    """The application with its conditions, questions and answers."""
    answers: dict[object, Answer] = {a.question_id: a for a in answers_of(application)}
    return Draft(call, application, conditions_of(call), questions_of(call), answers)


def can_edit(call: Call, application: Application, moment: datetime) -> bool:
    """Whether the applicant can change what they have said, at an instant (`clock.moment()`)."""
    return application.stage in EDITABLE and is_open_for(call, application, moment)


def step_in_url(
    slug: str,
    field: str | None = None,
    condition_id: uuid.UUID | None = None,
    question_id: uuid.UUID | None = None,
) -> Loaded | None:
    """Access loader for a page of the form: gives the view its `step`."""
    if (loaded := application_at_hand(slug)) is None:
        return None
    path = field or (f"conditions/{condition_id}" if condition_id else f"questions/{question_id}")
    draft = draft_of(loaded.view_args["call"], loaded.view_args["application"])
    step = next((step for step in steps_of(draft) if step.path == path), None)
    return Loaded({"step": step}) if step else None


def application_of(call: Call, email: str) -> Application | None:
    """The application to a cohort from an address, kept in lower case."""
    return db.session.scalar(
        sa.select(Application).where(
            Application.workstream_id == call.workstream_id, Application.email == email
        )
    )
