"""History of a workstream, of what is above workstreams, and of one thing; undo and restoring."""

import uuid

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.core import access, htmx, restoring
from app.core.errors import Refused
from app.core.history import ChangeRecord
from app.core.local_paths import local_path
from app.core.rights import Right
from app.extensions import db
from app.history import pages, queries
from app.history.scope import Scope

bp = Blueprint("history", __name__)


@bp.get("/workstreams/<slug:slug>/history")
@access.needs(Right.VIEW_HISTORY, queries.workstream_in_url)
def workstream(scope: Scope) -> ResponseReturnValue:
    """Every change in a workstream."""
    return pages.changes_page(scope)


@bp.get("/workstreams/<slug:slug>/history/<uuid:subject_id>")
@access.needs(Right.VIEW_HISTORY, queries.thing_in_url)
def thing(scope: Scope, subject_id: uuid.UUID) -> ResponseReturnValue:
    """Every change of one thing in it."""
    return pages.thing_page(scope, subject_id)


@bp.route("/workstreams/<slug:slug>/history/<uuid:change_id>/restore", methods=["GET", "POST"])
@access.needs(Right.VIEW_HISTORY, queries.change_in_url)
def restore(scope: Scope, change: ChangeRecord) -> ResponseReturnValue:
    """Put an earlier wording back, after asking. Needs the right that the thing's model names."""
    return pages.restore_page(scope, change)


@bp.post("/workstreams/<slug:slug>/history/<uuid:change_id>/undo")
@access.needs(Right.VIEW_HISTORY, queries.change_in_url)
def undo(scope: Scope, change: ChangeRecord) -> ResponseReturnValue:
    """Takes back one change, straight after it was made; `next` is the local path to go on to. Needs
    the right that the thing's model names."""
    url = f"{scope.base}/{change.subject_id}"
    onward = local_path(request.form.get("next")) or url
    try:
        restoring.undo(change_id=change.id)
    except Refused as refused:
        db.session.rollback()
        return htmx.render(
            "history/undo.html",
            "history/_not_undone.html",
            status=409 if isinstance(refused, restoring.Overtaken) else 422,
            place=scope.place,
            words=refused.message,
            url=url,
            onward=onward,
        )
    return htmx.done(onward, "Undone")


@bp.get("/admin/history")
@access.needs(Right.MANAGE_SETTINGS, queries.above_workstreams)
def above(scope: Scope) -> ResponseReturnValue:
    """Every change of what is above workstreams: organisations, reporting groups, definitions."""
    return pages.changes_page(scope)


@bp.get("/admin/history/<uuid:subject_id>")
@access.needs(Right.MANAGE_SETTINGS, queries.thing_above)
def thing_above(scope: Scope, subject_id: uuid.UUID) -> ResponseReturnValue:
    """Every change of one of them."""
    return pages.thing_page(scope, subject_id)


@bp.route("/admin/history/<uuid:change_id>/restore", methods=["GET", "POST"])
@access.needs(Right.MANAGE_SETTINGS, queries.change_above)
def restore_above(scope: Scope, change: ChangeRecord) -> ResponseReturnValue:
    """Put an earlier wording of one of them back, after asking."""
    return pages.restore_page(scope, change)
