"""Conditions, questions and criteria: each change answers with the whole list, or goes back to it.

One set of views for the three, at `/workstreams/<slug>/call/<key>`.
"""

import uuid
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app.accounts.models import User
from app.cohorts.call import part_services as services
from app.cohorts.call.parts import PART_KINDS, PartList, part_list
from app.cohorts.call.queries import find_call
from app.cohorts.call.routes import bp
from app.core import access, htmx
from app.core.access import Loaded
from app.core.forms import Form
from app.core.rights import Right
from app.extensions import db

_PAGE, _FRAGMENT = "cohorts/call/parts.html", "cohorts/call/_parts.html"
_LIST = "/workstreams/<slug:slug>/call/<any(conditions,questions,criteria):key>"


def list_to_read(user: User, slug: str, key: str) -> Loaded | None:
    """Access loader: gives the view its `parts`, for those who may read this list."""
    found = find_call(user, slug)
    if found is None:
        return None
    place, call = found
    read = PART_KINDS[key].right
    return Loaded({"parts": part_list(place, call, key)}, place.roles, right=read)


def list_to_edit(user: User, slug: str, key: str) -> Loaded | None:
    """Access loader: gives the view its `parts`."""
    found = find_call(user, slug)
    return Loaded({"parts": part_list(*found, key)}, found[0].roles) if found else None


def part_in_url(user: User, slug: str, key: str, part_id: uuid.UUID) -> Loaded | None:
    """Access loader: gives the view its `parts` and `part`, removed ones too."""
    found = find_call(user, slug)
    part: Any = db.session.get(PART_KINDS[key].model, part_id) if found else None
    if found is None or part is None or part.call_id != found[1].id:
        return None
    return Loaded({"parts": part_list(*found, key), "part": part}, found[0].roles)


@bp.get(_LIST)
@access.needs(Right.VIEW_WORKSTREAM, list_to_read)
def parts(parts: PartList) -> ResponseReturnValue:
    """One list; after a removal without JavaScript, with the way to undo it."""
    just_removed = request.args.get("removed", type=uuid.UUID)
    parts.removed = next((row for row in parts.removed_rows if row.id == just_removed), None)
    return htmx.render(_PAGE, _FRAGMENT, parts=parts, place=parts.place)


@bp.route(f"{_LIST}/new", methods=["GET", "POST"])
@access.needs(Right.EDIT_CALL, list_to_edit)
def add_part(parts: PartList) -> ResponseReturnValue:
    """Add one, last in the list."""
    form = parts.kind.form()
    if form.validate_on_submit():
        with form.saving():
            services.add_part(
                model=parts.kind.model, id=form.id.data, call=parts.call, values=form.values
            )
        if not form.failed:
            return _done(parts, f"{parts.kind.noun.capitalize()} added", form.id.data)
    return _open(parts, form)


@bp.route(f"{_LIST}/<uuid:part_id>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_CALL, part_in_url)
def edit_part(parts: PartList, part: Any) -> ResponseReturnValue:
    """Change what one says."""
    make = parts.kind.form
    form = make(obj=part)
    part_id = part.id
    if form.validate_on_submit():
        with form.saving(part, fresh=lambda: make(formdata=None, obj=part)):
            now = services.edit_part(part=part, version=form.version.data, values=form.values)
        if not form.failed:
            replaced = now.id != part_id
            words = (
                "New question in its place" if replaced else f"{parts.kind.noun.capitalize()} saved"
            )
            return _done(parts, words, now.id)
    parts.editing = part_id
    if part.archived_at is not None:
        parts.rows.append(part)  # so that what was typed is not lost to somebody else's removal
    return _open(parts, form)


@bp.post(f"{_LIST}/<uuid:part_id>/remove")
@access.needs(Right.EDIT_CALL, part_in_url)
def remove_part(parts: PartList, part: Any) -> ResponseReturnValue:
    """Take one off the list; the answer offers to undo it."""
    services.remove_part(part=part)
    if not htmx.wants_fragment():
        # That page says what was removed; a flash message would say it twice.
        return htmx.go_to(f"{parts.url}?removed={part.id}")
    parts = part_list(parts.place, parts.call, parts.kind.key)
    parts.removed = part
    words = f"{parts.kind.noun.capitalize()} removed"
    return htmx.done(
        parts.url, words, fragment=_FRAGMENT, focus="#just-removed", parts=parts, place=parts.place
    )


@bp.post(f"{_LIST}/<uuid:part_id>/bring-back")
@access.needs(Right.EDIT_CALL, part_in_url)
def bring_back_part(parts: PartList, part: Any) -> ResponseReturnValue:
    """Undo a removal, however long ago it was."""
    services.bring_back_part(part=part)
    return _done(parts, f"{parts.kind.noun.capitalize()} is back", part.id)


@bp.post(f"{_LIST}/<uuid:part_id>/move")
@access.needs(Right.EDIT_CALL, part_in_url)
def move_part(parts: PartList, part: Any) -> ResponseReturnValue:
    """One step up, or down for any other `direction`."""
    up = request.form.get("direction") == "up"
    moved = services.move_part(part=part, up=up)
    end = "first" if up else "last"
    words = ("Moved up" if up else "Moved down") if moved else f"It is {end} already"
    return _done(parts, words, part.id)


def _open(parts: PartList, form: Form) -> ResponseReturnValue:
    """The list with a form open in it."""
    parts.form = form  # type: ignore[assignment]
    return form.show(_PAGE, _FRAGMENT, parts=parts, place=parts.place)


def _done(parts: PartList, words: str, part_id: uuid.UUID) -> ResponseReturnValue:
    """The list as it is after a change."""
    again = part_list(parts.place, parts.call, parts.kind.key)
    anchor = f"#part-{part_id}"
    return htmx.done(
        parts.url + anchor, words, fragment=_FRAGMENT, focus=anchor, parts=again, place=parts.place
    )
