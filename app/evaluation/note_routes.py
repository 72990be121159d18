"""Findings of a workstream, one note, and writing, editing and removing notes."""

import uuid

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, htmx
from app.core.forms import ButtonForm
from app.core.paging import asked_page
from app.core.restoring import latest_change_id
from app.core.rights import Right
from app.evaluation import queries, services
from app.evaluation.bearing import borne_by, read_key
from app.evaluation.blueprint import bp
from app.evaluation.files.queries import files_of
from app.evaluation.filters import NoteFilter
from app.evaluation.findings import findings_of
from app.evaluation.forms import EditNoteForm, NewNoteForm, ScaleForm
from app.evaluation.markdown import as_html
from app.evaluation.models import Note, NoteKind
from app.evaluation.recommendations.queries import of_note
from app.evaluation.scales import DESCRIBED, in_words
from app.workstreams.queries import Place, workstream_in_url


@bp.get("")
@access.needs(Right.VIEW_WORKSTREAM, workstream_in_url)
def findings(place: Place) -> ResponseReturnValue:
    """The notes of a workstream that the reader may read; the filter lives in the URL."""
    wanted = NoteFilter.read(request.args)
    found = findings_of(place, wanted, asked_page())
    base = f"{place.url}/evidence"
    return htmx.render(
        "evaluation/findings.html",
        "evaluation/_findings.html",
        place=place,
        found=found,
        wanted=wanted,
        base=base,
        note_kinds=list(NoteKind),
        chips=wanted.chips(base, {borne.key: borne.text for borne in found.borne}),
        undo=queries.just_removed(place, request.args.get("undo", type=uuid.UUID)),
    )


@bp.get("/notes/<uuid:note_id>")
@access.needs(Right.VIEW_WORKSTREAM, queries.note_in_url)
def note(place: Place, note: Note) -> ResponseReturnValue:
    """One note."""
    return render_template(
        "evaluation/note.html",
        place=place,
        note=note,
        text=as_html(note.text),
        strength=in_words(note.scale, note.strength),
        meaning=DESCRIBED[note.scale].levels[note.strength]
        if note.scale and note.strength
        else None,
        borne=borne_by([note.id]).get(note.id, []),
        asks=of_note(note),
        files=files_of(note),
    )


@bp.route("/notes/add", methods=["GET", "POST"])
@access.needs(Right.WRITE_NOTES, workstream_in_url)
def add_note(place: Place) -> ResponseReturnValue:
    """Write a note; `bears` in the URL says what on."""
    asked = request.args.get("bears", "")
    form = NewNoteForm(place, bears_on=[asked] if read_key(asked) else [])
    if form.validate_on_submit():
        with form.saving():
            services.add_note(
                id=form.id.data,
                workstream_id=place.id,
                fields=form.fields,
                bears_on=form.bears_on.data,
                reader_ids=form.reader_ids.data,
                by=current_user,
            )
        if not form.failed:
            return htmx.done(f"{place.url}/evidence/notes/{form.id.data}", "Note added")
    return form.show("evaluation/add_note.html", place=place)


@bp.route("/notes/<uuid:note_id>/edit", methods=["GET", "POST"])
@access.needs(Right.WRITE_NOTES, queries.note_in_url)
def edit_note(place: Place, note: Note) -> ResponseReturnValue:
    """Change a note."""
    form = EditNoteForm(place, obj=note)
    if form.validate_on_submit():
        with form.saving(note, fresh=lambda: EditNoteForm(place, formdata=None, obj=note)):
            services.edit_note(
                note=note,
                version=form.version.data,
                fields=form.fields,
                bears_on=form.bears_on.data,
                reader_ids=form.reader_ids.data,
                by=current_user,
            )
        if not form.failed:
            return htmx.done(f"{place.url}/evidence/notes/{note.id}", "Note saved")
    return form.show("evaluation/edit_note.html", place=place, note=note)


@bp.route("/notes/<uuid:note_id>/remove", methods=["GET", "POST"])
@access.needs(Right.WRITE_NOTES, queries.note_in_url)
def remove_note(place: Place, note: Note) -> ResponseReturnValue:
    """Take a note away; what follows offers Undo."""
    form = ButtonForm(obj=note)
    note_id = note.id
    if form.validate_on_submit():
        with form.saving(note, fresh=lambda: ButtonForm(formdata=None, obj=note)):
            services.remove_note(note=note, version=form.version.data)
        if not form.failed:
            undo = latest_change_id(note_id)
            return htmx.go_to(f"{place.url}/evidence?undo={undo}")
    return form.show("evaluation/remove_note.html", place=place, note=note)


@bp.route("/scale", methods=["GET", "POST"])
@access.needs(Right.WRITE_NOTES, workstream_in_url)
def scale(place: Place) -> ResponseReturnValue:
    """Choose the scale that new notes are rated on."""
    setting = services.setting_of(place.id)
    form = ScaleForm(obj=setting)
    if form.validate_on_submit():
        with form.saving(setting, fresh=lambda: ScaleForm(formdata=None, obj=setting)):
            services.choose_scale(
                workstream_id=place.id, version=form.version.data, scale=form.scale.data
            )
        if not form.failed:
            return htmx.done(f"{place.url}/evidence", f"New notes: {form.scale.data.label}")
    return form.show("evaluation/scale.html", place=place, described=DESCRIBED)
