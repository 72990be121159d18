"""History of a workstream and of one thing in it; undo, and restoring an earlier wording."""

import uuid
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms.validators import InputRequired

from app.core import access, htmx, restoring
from app.core.errors import EditConflict, Refused
from app.core.history import ChangeAction, ChangeRecord
from app.core.local_paths import local_path
from app.core.rights import Right
from app.extensions import db
from app.history import queries, wording
from app.history.forms import RestoreForm, kind_in_words, read_filter, read_id, url_of
from app.workstreams.queries import Place, workstream_in_url

bp = Blueprint("history", __name__)


@bp.get("/workstreams/<slug:slug>/history")
@access.needs(Right.VIEW_HISTORY, workstream_in_url)
def workstream(place: Place) -> ResponseReturnValue:
    """Every change in a workstream, newest first, fifty a page; the filter lives in the URL."""
    base = f"{place.url}/history"
    asked = read_filter(request.args)
    before = read_id(request.args.get("before"))
    records, older = queries.page_of_workstream(place, asked.wanted, before)
    people, kinds = queries.who_and_what(place)
    return render_template(
        "history/workstream.html",
        place=place,
        days=wording.by_day(wording.entries(current_user, records)),
        asked=asked,
        chips=asked.chips(base, dict(people)),
        people=people,
        kinds=sorted(((kind, kind_in_words(kind)) for kind in kinds), key=lambda kind: kind[1]),
        base=base,
        newest=url_of(base, asked.wanted) if before else None,
        older=url_of(base, asked.wanted, older) if older else None,
    )


@bp.get("/workstreams/<slug:slug>/history/<uuid:subject_id>")
@access.needs(Right.VIEW_HISTORY, queries.thing_in_url)
def thing(place: Place, subject_id: uuid.UUID) -> ResponseReturnValue:
    """Every change of one thing, newest first, each with a way back for those who may edit it."""
    base = f"{place.url}/history"
    before = read_id(request.args.get("before"))
    records, older = queries.page_of_thing(place, subject_id, before)
    shown = wording.entries(current_user, records)
    return render_template(
        "history/thing.html",
        place=place,
        shown=shown,
        days=wording.by_day(shown),
        ways_back=_ways_back(place, records),
        base=base,
        newest=f"{base}/{subject_id}" if before else None,
        older=f"{base}/{subject_id}?before={older}" if older else None,
    )


def _ways_back(place: Place, records: Any) -> dict[uuid.UUID, list[tuple[str, str]]]:
    """(words, side) of what this user may restore, by change; only what would change something."""
    model = restoring.model_of(records[0]) if records else None
    if model is None or model.restore_right is None or not place.can(model.restore_right):
        return {}
    live = db.session.get(model, records[0].subject_id)
    found: dict[uuid.UUID, list[tuple[str, str]]] = {}
    for record in records:
        if live is None:
            if record.action is ChangeAction.DELETED:
                found[record.id] = [("Bring it back", "before")]
                break  # what is older is restored once it is back
            continue
        ways = []
        if record.action is not ChangeAction.DELETED:
            if _differences(record, live, "after"):
                ways.append(("Restore this wording", "after"))
            if record.action is ChangeAction.UPDATED and _differences(record, live, "before"):
                ways.append(("Restore the wording before this", "before"))
        found[record.id] = ways
    return found


def _differences(record: ChangeRecord, live: Any, side: str) -> dict[str, tuple[Any, Any]]:
    """(now, then) raw values of the fields that restoring would change."""
    index = 0 if side == "before" else 1
    both = {
        name: (restoring.raw_value(live, name), record.changes[name][index])
        for name in restoring.restorable_fields(record)
    }
    return {name: (now, then) for name, (now, then) in both.items() if now != then}


@bp.route("/workstreams/<slug:slug>/history/<uuid:change_id>/restore", methods=["GET", "POST"])
@access.needs(Right.EDIT_WORKSTREAM, queries.change_to_restore)
def restore(place: Place, change: ChangeRecord) -> ResponseReturnValue:
    """Asks first, now beside then; puts the wording back when that is confirmed."""
    form = RestoreForm()
    if request.method == "GET":
        form.side.data = request.args.get("side", "before")
    elif not _is_gone(change):
        form.version.validators = [InputRequired("Reload the page and try again")]
    if form.validate_on_submit():
        try:
            restoring.restore(
                change_id=change.id,
                side=form.side.data,
                opened_at=form.version.data,
            )
        except Refused as refused:
            db.session.rollback()
            form.form_errors.append(refused.message)
        except EditConflict:
            db.session.rollback()
            return _confirmation(place, change, form, overtaken=True)
        else:
            return htmx.done(
                f"{place.url}/history/{change.subject_id}",
                "Restored. The wording it replaced is in the history below.",
            )
    return _confirmation(place, change, form)


def _is_gone(change: ChangeRecord) -> bool:
    model: Any = restoring.model_of(change)
    return db.session.get(model, change.subject_id) is None


def _confirmation(
    place: Place, change: ChangeRecord, form: RestoreForm, *, overtaken: bool = False
) -> Response:
    model: Any = restoring.model_of(change)
    live = db.session.get(model, change.subject_id)
    entry = wording.entries(current_user, [change])[0]
    side = form.side.data if form.side.data in {"before", "after"} else "before"
    fields = wording.compared(current_user, model, _differences(change, live, side)) if live else []
    form.version.data = live.version if live else None
    form.version.raw_data = None
    return htmx.render(
        "history/restore.html",
        "history/_restore.html",
        status=409 if overtaken else form.status,
        place=place,
        change=change,
        entry=entry,
        form=form,
        fields=fields,
        gone=live is None,
        comes_back=live is None and change.action is ChangeAction.DELETED and side == "before",
        overtaken=overtaken,
        heading=f"Bring back “{entry.title}”?"
        if live is None
        else f"Restore an earlier wording of “{entry.title}”?",
        url=f"{place.url}/history/{change.subject_id}",
    )


@bp.post("/workstreams/<slug:slug>/history/<uuid:change_id>/undo")
@access.needs(Right.UPDATE_ACTIVITY, queries.change_to_undo)
def undo(place: Place, change: ChangeRecord) -> ResponseReturnValue:
    """Takes back one change, straight after it was made; `next` is the local path to go on to."""
    url = f"{place.url}/history/{change.subject_id}"
    onward = local_path(request.form.get("next")) or url
    try:
        restoring.undo(change_id=change.id)
    except Refused as refused:
        db.session.rollback()
        return htmx.render(
            "history/undo.html",
            "history/_not_undone.html",
            status=409 if isinstance(refused, restoring.Overtaken) else 422,
            place=place,
            words=refused.message,
            url=url,
            onward=onward,
        )
    return htmx.done(onward, "Undone")
