"""Asking somebody for an update: who can be asked, when, and the e-mail. In moderation: a row is asked
about once in seven days, whoever asks and whomever."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.accounts.queries import has_joined
from app.accounts.security_mail import absolute_url
from app.core import clock
from app.core.errors import Refused
from app.core.formatting import day
from app.delivery.flags import LIVE
from app.delivery.models import Activity
from app.delivery.plan_reading import current_plan
from app.delivery.queries import members
from app.delivery.update_requests import UpdateRequest
from app.extensions import db
from app.outbox import services as outbox
from app.outbox.models import Message
from app.workstreams.queries import Place

PAUSE = timedelta(days=7)


def last_request(activity_id: uuid.UUID) -> UpdateRequest | None:
    """The newest request about an activity, with the two people."""
    return db.session.scalar(
        sa.select(UpdateRequest)
        .where(UpdateRequest.activity_id == activity_id)
        .order_by(UpdateRequest.asked_on.desc(), UpdateRequest.id.desc())
        .limit(1)
        .options(joinedload(UpdateRequest.asked_by), joinedload(UpdateRequest.asked_of))
    )


def again_from(request: UpdateRequest) -> date:
    """The first day on which somebody may ask about the row again."""
    return request.asked_on + PAUSE


def why_not(place: Place, activity: Activity, last: UpdateRequest | None) -> str | None:
    """Why nobody may be asked about the activity now; None: somebody may."""
    if activity.done_on is not None:
        return "This activity is done: there is nothing to ask for."
    plan = current_plan(place.id)
    if plan is None or plan.id != activity.plan_id:
        return (
            "This activity is not in the plan that is worked to now, so nobody is asked about it."
        )
    if place.workstream.status not in LIVE or place.workstream.archived_at is not None:
        return f"{place.workstream.name} is not running, so nobody is asked about it."
    if last is not None and clock.today() < again_from(last):
        return (
            f"{last.asked_by.name} asked {last.asked_of.name} on {day(last.asked_on)}. A row is "
            f"asked about once in seven days: you can ask again from {day(again_from(last))}."
        )
    return None


@dataclass(frozen=True)
class People:
    """Those on the activity, without the one who asks: who can be asked, and why the others cannot."""

    able: dict[uuid.UUID, str]  # name and organisation
    unable: list[str]  # a sentence each


def people_of(place: Place, activity: Activity, by: User) -> People:
    """Its lead person and contributors; two queries."""
    assigned = {activity.lead_person_id, *(person.id for person in activity.contributors)}
    assigned -= {None, by.id}
    if not assigned:
        return People({}, [])
    may_update = dict(members(place))
    rows = db.session.execute(
        sa.select(User.id, User.name, User.active, has_joined().label("joined"))
        .where(User.id.in_(assigned))
        .order_by(User.name, User.id)
    ).all()
    able: dict[uuid.UUID, str] = {}
    unable = []
    for row in rows:
        if not row.active:
            unable.append(f"{row.name} cannot be asked: their account is suspended.")
        elif not row.joined:
            unable.append(
                f"{row.name} cannot be asked yet: they have not accepted their invitation."
            )
        elif row.id not in may_update:
            unable.append(f"{row.name} cannot be asked: no role here lets them post an update.")
        else:
            able[row.id] = may_update[row.id]
    return People(able, unable)


def ask(
    *,
    request_id: uuid.UUID,
    place: Place,
    activity: Activity,
    by: User,
    asked_of_id: uuid.UUID,
    message: str = "",
) -> UpdateRequest:
    """Ask one of the activity's people for an update, by e-mail. The same form sent twice asks once.

    The row is locked first, so that of two who ask at once the second is told of the first. Raises
    Refused when it is done, was asked about in the last seven days, or the person cannot answer.
    """
    db.session.execute(
        sa.select(Activity.id).where(Activity.id == activity.id).with_for_update(key_share=True)
    )
    sent_before = db.session.get(UpdateRequest, request_id)
    if sent_before is not None:
        if sent_before.activity_id != activity.id:
            raise Refused("Reload the page and try again")
        return sent_before
    db.session.refresh(activity, ["done_on", "lead_person_id", "contributors"])
    if reason := why_not(place, activity, last_request(activity.id)):
        raise Refused(reason)
    if asked_of_id not in people_of(place, activity, by).able:
        raise Refused("They cannot be asked any more. Choose somebody else", "person")
    person = db.session.get_one(User, asked_of_id)
    request = UpdateRequest(
        id=request_id,
        activity_id=activity.id,
        workstream_id=activity.workstream_id,
        asked_by_id=by.id,
        asked_of_id=person.id,
        asked_on=clock.today(),
        message=message,
    )
    db.session.add(request)
    db.session.flush()
    send_mail(request, place.workstream.name, place.slug, activity, by, person)
    return request


def send_mail(
    request: UpdateRequest, workstream: str, slug: str, activity: Activity, by: User, person: User
) -> Message:
    """Write the e-mail of a request, with the link straight to the form that answers it."""
    link = absolute_url("delivery.update", slug=slug, activity_id=activity.id)
    words = f"“{request.message}”\n\n" if request.message else ""
    return outbox.send(
        recipient=person.email,
        subject=f"{' '.join(by.name.split())} asks you for an update",
        body=(
            f"Hello {person.name}\n\n{by.name} asks you for an update on:\n\n"
            f"{' '.join(activity.what.split())}\n({workstream})\n\n{words}"
            f"Post it here, in a minute or two:\n\n{link}\n\n"
            "You get this because you lead this activity or contribute to it, and somebody asked you "
            "by name. It is not part of the digest, and comes at most once a week for an activity.\n"
        ),
    )
