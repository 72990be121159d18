"""A whole first map at once, from a list, a table or an exported map: shown first, then made."""

import json
import uuid
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, htmx
from app.core.access import Loaded
from app.core.access import User as Reader
from app.core.errors import Refused
from app.core.forms import ButtonForm, Form
from app.core.rights import Right
from app.extensions import db
from app.importing import uploads
from app.importing.delimited import decoded
from app.importing.large_requests import takes_file
from app.importing.limits import MOST_BYTES, TooLarge, Unreadable
from app.importing.models import Upload
from app.importing.reading import file_name, read_file, too_large
from app.theory_of_change import map_page, theories
from app.theory_of_change.gaps import loops_of, round_trip
from app.theory_of_change.interchange import Draft, WrongMap, draft_as_json
from app.theory_of_change.models import NodeKind, Theory
from app.theory_of_change.outline import outline
from app.theory_of_change.pasting import read_list
from app.theory_of_change.queries import map_url
from app.theory_of_change.reading_json import read_json
from app.theory_of_change.routes import bp
from app.theory_of_change.shown import map_of_draft
from app.theory_of_change.starting_forms import BACKWARDS, MapFileForm, PasteForm
from app.theory_of_change.tables import read_tables
from app.workstreams.queries import Place, find_place, workstream_in_url

PURPOSE = "theory"


def draft_in_url(user: Reader, slug: str, import_id: uuid.UUID) -> Loaded | None:
    """`…/map/drafts/<id>`: what its reader has pasted or sent; or, made already, the theory."""
    place = find_place(user, slug)
    if place is None:
        return None
    upload = uploads.find(user.id, import_id, PURPOSE)
    if upload is not None and upload.workstream_id == place.id:
        return Loaded({"place": place, "upload": upload, "theory": None}, place.roles)
    theory = db.session.get(Theory, import_id)  # it has the id of what it was made from
    if theory is None or theory.workstream_id != place.id:
        return None
    return Loaded({"place": place, "upload": None, "theory": theory}, place.roles)


@bp.route("/paste", methods=["GET", "POST"])
@access.needs(Right.EDIT_MAP, workstream_in_url)
def paste(place: Place) -> ResponseReturnValue:
    """Paste an indented list."""
    form = PasteForm()
    if form.validate_on_submit():
        try:
            draft, notes = read_list(
                form.title.data or "",
                form.text.data or "",
                backwards=form.way.data == BACKWARDS,
            )
        except WrongMap as wrong:
            form.text.errors = wrong.problems
        else:
            return _keep(place, form, draft, notes, "the list that you pasted")
    return form.show("theory_of_change/paste.html", place=place)


def _file_page(place: Place, form: MapFileForm, status: int | None = None) -> ResponseReturnValue:
    return htmx.render(
        "theory_of_change/import_map.html",
        status=status or form.status,
        place=place,
        form=form,
    )


def _too_large(place: Place) -> ResponseReturnValue:
    """For a request that is too large to be looked at."""
    form = MapFileForm(formdata=None)
    form.file.errors = [too_large()]
    return _file_page(place, form, 413)


@bp.route("/import", methods=["GET", "POST"])
@access.needs(Right.EDIT_MAP, workstream_in_url)
@takes_file(_too_large)
def import_map(place: Place) -> ResponseReturnValue:
    """Send a table, or a map that was exported. It is read at once, and only what it says is kept."""
    form = MapFileForm()
    if not form.validate_on_submit():
        return _file_page(place, form)
    name = file_name(form.file.data.filename)
    # Reading may take seconds, and a request that writes holds SQLite's one lock: let go of it.
    db.session.rollback()
    try:
        draft, notes = _read(form, name, form.file.data.read())
    except WrongMap as wrong:
        form.file.errors = wrong.problems
        return _file_page(place, form, 422)
    except Refused as refused:
        form.file.errors = [refused.message]
        return _file_page(place, form, 413 if isinstance(refused, TooLarge) else 422)
    return _keep(place, form, draft, notes, f"“{name}”")


def _read(form: MapFileForm, name: str, data: bytes) -> tuple[Draft, list[str]]:
    """The map in a file. Raises WrongMap, or Unreadable."""
    if len(data) > MOST_BYTES:
        raise TooLarge(too_large())
    if name.lower().endswith(".json"):
        return read_json(_parsed(data)), []
    contents = read_file(name, data)
    if not form.title.data:
        raise WrongMap(
            ["Enter a title above: a table has none of its own. Then choose the file again"]
        )
    return read_tables(form.title.data, contents.grids, linked=form.linked.data)


def _parsed(data: bytes) -> Any:
    def no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError("the same name twice in one place")
        return dict(pairs)

    try:
        return json.loads(decoded(data), object_pairs_hook=no_doubles)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"This is not JSON: in line {error.lineno}, column {error.colno}, it stops making sense. "
            "Export the map again and choose that file"
        ) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            "This is not a map that Waymark exported. Export the map again and choose that file"
        ) from error


def _keep(
    place: Place, form: Form, draft: Draft, notes: list[str], where_from: str
) -> ResponseReturnValue:
    """Keep the draft for its sender alone, and show it."""
    uploads.purge()
    draft_id = form._fields["id"].data
    if db.session.get(Upload, draft_id) is None and db.session.get(Theory, draft_id) is None:
        db.session.add(
            Upload(
                id=draft_id,
                user_id=current_user.id,
                workstream_id=place.id,
                purpose=PURPOSE,
                subject_id=place.id,
                file_name=where_from[-255:],
                kind="map",
                content={"map": draft_as_json(draft), "notes": notes},
            )
        )
        db.session.flush()
    return htmx.go_to(f"{place.url}/map/drafts/{draft_id}")


@bp.route("/drafts/<uuid:import_id>", methods=["GET", "POST"])
@access.needs(Right.EDIT_MAP, draft_in_url)
def draft(place: Place, upload: Upload | None, theory: Theory | None) -> ResponseReturnValue:
    """The map that would be made; and, when that is confirmed, it is made, all or nothing."""
    if upload is None:
        assert theory is not None
        if theory.archived_at is not None:
            abort(404)
        return htmx.go_to(map_url(place, theory.id))
    found = read_json(upload.content["map"])
    owners = {name: user_id for user_id, name in map_page.people_here(place)}
    form = ButtonForm()
    if form.validate_on_submit():
        draft_id = upload.id
        with form.saving():
            theories.create_map(
                workstream_id=place.id, theory_id=draft_id, draft=found, owners=owners
            )
            uploads.discard(draft_id)
        if not form.failed:
            return htmx.done(map_url(place, draft_id), "Map made")
    the_map = map_of_draft(found)
    return form.show(
        "theory_of_change/draft.html",
        place=place,
        upload=upload,
        the_map=the_map,
        lines=outline(the_map),
        kinds=[kind for kind in NodeKind if the_map.column(kind)],
        linked=False,
        notes=[
            *upload.content["notes"],
            *(f"A loop: {round_trip(steps)}" for steps in loops_of(the_map)),
            *_same_names(found),
            *theories.left_out(found, place.id, owners),
        ],
    )


def _same_names(found: Draft) -> list[str]:
    """Steps of one column that say the same, which only an exported map can hold."""
    said = [(node.kind, node.text) for node in found.nodes]
    twice = dict.fromkeys(one for one in said if said.count(one) > 1)
    return [
        f"{said.count((kind, text))} steps in one column are called “{text}”. They stay apart"
        for kind, text in twice
    ]


@bp.post("/drafts/<uuid:import_id>/forget")
@access.needs(Right.EDIT_MAP, draft_in_url)
def forget_draft(place: Place, upload: Upload | None, theory: Theory | None) -> ResponseReturnValue:
    """Do not make it."""
    if upload is None:
        return draft(place=place, upload=None, theory=theory)
    uploads.discard(upload.id)
    return htmx.done(f"{place.url}/map", "Nothing was made")
