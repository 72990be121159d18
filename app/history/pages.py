"""The pages of a history, the same for a workstream's and for what is above all workstreams."""

import uuid
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from wtforms.validators import InputRequired

from app.core import htmx, restoring
from app.core.errors import EditConflict, Refused
from app.core.history import ChangeAction, ChangeRecord, restore_right_of
from app.extensions import db
from app.history import queries, wording
from app.history.forms import RestoreForm, kind_in_words, read_filter, read_id, url_of
from app.history.scope import Scope


def changes_page(scope: Scope) -> ResponseReturnValue:
    """Every change, newest first, fifty a page; the filter lives in the URL."""
    asked = read_filter(request.args)
    before = read_id(request.args.get("before"))
    records, older = queries.page_of(scope, asked.wanted, before)
    people, kinds = queries.who_and_what(scope)
    base = scope.base
    return render_template(
        "history/changes.html",
        scope=scope,
        place=scope.place,
        days=wording.by_day(wording.entries(scope.user, records)),
        asked=asked,
        chips=asked.chips(base, dict(people)),
        people=people,
        kinds=sorted(((kind, kind_in_words(kind)) for kind in kinds), key=lambda kind: kind[1]),
        base=base,
        newest=url_of(base, asked.wanted) if before else None,
        older=url_of(base, asked.wanted, older) if older else None,
    )


def thing_page(scope: Scope, subject_id: uuid.UUID) -> ResponseReturnValue:
    """Every change of one thing, newest first, each with a way back for those who may edit it."""
    before = read_id(request.args.get("before"))
    records, older = queries.page_of_thing(scope, subject_id, before)
    shown = wording.entries(scope.user, records)
    url = f"{scope.base}/{subject_id}"
    return render_template(
        "history/thing.html",
        scope=scope,
        place=scope.place,
        shown=shown,
        days=wording.by_day(shown),
        ways_back=_ways_back(scope, records),
        base=scope.base,
        newest=url if before else None,
        older=f"{url}?before={older}" if older else None,
    )


def _ways_back(scope: Scope, records: Any) -> dict[uuid.UUID, list[tuple[str, str]]]:
    """(words, side) of what this reader may restore, by change; only what would change something."""
    model: Any = restoring.model_of(records[0]) if records else None
    right = restore_right_of(model)
    if right is None or not scope.can(right):
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
            if _differences(record, live, "before"):
                ways.append(("Restore the wording before this", "before"))
        found[record.id] = ways
    return found


def _differences(record: ChangeRecord, live: Any, side: str) -> dict[str, tuple[Any, Any]]:
    """(now, then) raw values of the fields that restoring would change."""
    if record.action is ChangeAction.CREATED and side == "before":
        return {}  # there was no wording before it
    index = 0 if side == "before" else 1
    both = {
        name: (restoring.raw_value(live, name), record.changes[name][index])
        for name in restoring.restorable_fields(record)
    }
    return {name: (now, then) for name, (now, then) in both.items() if now != then}


def restore_page(scope: Scope, change: ChangeRecord) -> ResponseReturnValue:
    """Asks first, now beside then; puts the wording back when that is confirmed."""
    form = RestoreForm()
    if request.method == "GET":
        form.side.data = request.args.get("side", "before")
    elif not _is_gone(change):
        form.version.validators = [InputRequired("Reload the page and try again")]
    if form.validate_on_submit():
        try:
            restoring.restore(change_id=change.id, side=form.side.data, opened_at=form.version.data)
        except Refused as refused:
            db.session.rollback()
            form.form_errors.append(refused.message)
        except EditConflict:
            db.session.rollback()
            return _confirmation(scope, change, form, overtaken=True)
        else:
            return htmx.done(
                f"{scope.base}/{change.subject_id}",
                "Restored. The wording it replaced is in the history below.",
            )
    return _confirmation(scope, change, form)


def _is_gone(change: ChangeRecord) -> bool:
    model: Any = restoring.model_of(change)
    return db.session.get(model, change.subject_id) is None


def _confirmation(
    scope: Scope, change: ChangeRecord, form: RestoreForm, *, overtaken: bool = False
) -> Response:
    model: Any = restoring.model_of(change)
    live = db.session.get(model, change.subject_id)
    entry = wording.entries(scope.user, [change])[0]
    side = form.side.data if form.side.data in {"before", "after"} else "before"
    fields = wording.compared(scope.user, model, _differences(change, live, side)) if live else []
    version: Any = live.version if live else None
    form.version.data = version
    form.version.raw_data = None
    return htmx.render(
        "history/restore.html",
        "history/_restore.html",
        status=409 if overtaken else form.status,
        scope=scope,
        place=scope.place,
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
        url=f"{scope.base}/{change.subject_id}",
    )
