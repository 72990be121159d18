"""Aims and key issues: each change answers with the whole list, or goes back to the overview.

`/workstreams/<slug>/aims` and `/workstreams/<slug>/key-issues` are served by the same views.
"""

import uuid
from collections.abc import Callable
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app.accounts.models import User
from app.core import access, htmx
from app.core.access import Loaded
from app.core.rights import Right
from app.extensions import db
from app.workstreams import forms
from app.workstreams import statement_services as services
from app.workstreams.blueprint import bp
from app.workstreams.models import Aim, KeyIssue
from app.workstreams.queries import find_place
from app.workstreams.statements import SECTIONS, Section, aim_kind, sections_of

_PAGE, _FRAGMENT = "workstreams/statements.html", "workstreams/_statements.html"
_LIST = '/workstreams/<slug:slug>/<any(aims,"key-issues"):section>'


def section_in_url(user: User, slug: str, section: str) -> Loaded | None:
    """Access loader: gives the view its `section`, with the statements in it."""
    place = find_place(user, slug)
    if place is None:
        return None
    return Loaded({"section": sections_of(place)[section]}, place.roles)


def statement_in_url(user: User, slug: str, section: str, statement_id: uuid.UUID) -> Loaded | None:
    """Access loader: gives the view its `section` and `statement`, removed ones too."""
    place = find_place(user, slug)
    if place is None:
        return None
    statement = db.session.get(SECTIONS[section], statement_id)
    if statement is None or statement.workstream_id != place.id:
        return None
    return Loaded({"section": sections_of(place)[section], "statement": statement}, place.roles)


@bp.get(_LIST)
@access.needs(Right.VIEW_WORKSTREAM, section_in_url)
def statements(section: Section) -> ResponseReturnValue:
    """One list on a page of its own; after a removal without JavaScript, with the way to undo it."""
    if removed_id := request.args.get("removed", type=uuid.UUID):
        removed = db.session.get(SECTIONS[section.key], removed_id)
        if removed and removed.workstream_id == section.place.id and removed.archived_at:
            section.removed = removed
    section.titled_by_page = True
    return htmx.render(
        _PAGE, _FRAGMENT, section=section, place=section.place, heading=section.title
    )


@bp.route(f"{_LIST}/new", methods=["GET", "POST"])
@access.needs(Right.EDIT_WORKSTREAM, section_in_url)
def add_statement(section: Section) -> ResponseReturnValue:
    """Add one, last in the list."""
    form = _new_form(section)()
    form.mark_ids(section.key)
    if form.validate_on_submit():
        common = {
            "id": form.id.data,
            "workstream_id": section.place.id,
            "text": form.text.data,
        }
        with form.saving():
            if section.key == "aims":
                domain = form.domain.data if section.ambitions else None
                services.add_aim(kind=aim_kind(section.place), domain=domain, **common)
            else:
                services.add_key_issue(raised_at=form.raised_at.data, **common)
        if not form.failed:
            return _done(section, f"{section.noun.capitalize()} added", form.id.data)
    return _open(section, form, f"Add {section.article} {section.noun}")


@bp.route(f"{_LIST}/<uuid:statement_id>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_WORKSTREAM, statement_in_url)
def edit_statement(section: Section, statement: Any) -> ResponseReturnValue:
    """Reword one."""
    make = _edit_form(section)
    form = make(obj=statement)
    form.mark_ids(section.key)
    if form.validate_on_submit():
        common = {"text": form.text.data, "version": form.version.data}
        with form.saving(statement, fresh=lambda: make(formdata=None, obj=statement)):
            if isinstance(statement, Aim):
                domain = form.domain.data if section.ambitions else None
                services.edit_aim(aim=statement, domain=domain, **common)
            else:
                services.edit_key_issue(issue=statement, raised_at=form.raised_at.data, **common)
        if not form.failed:
            return _done(section, f"{section.noun.capitalize()} saved", statement.id)
    section.editing = statement.id
    return _open(section, form, f"Edit {section.noun}")


@bp.post(f"{_LIST}/<uuid:statement_id>/remove")
@access.needs(Right.EDIT_WORKSTREAM, statement_in_url)
def remove_statement(section: Section, statement: Aim | KeyIssue) -> ResponseReturnValue:
    """Take one off the list; the answer offers to undo it."""
    services.remove_statement(statement=statement)
    section = _again(section)
    section.removed = statement
    if not htmx.wants_fragment():
        # That page says what was removed; a flash message would say it twice.
        return htmx.go_to(f"{section.url}?removed={statement.id}")
    return htmx.done(
        section.place.url,
        f"{section.noun.capitalize()} removed",
        fragment=_FRAGMENT,
        focus=f"#{section.key}-removed",
        section=section,
    )


@bp.post(f"{_LIST}/<uuid:statement_id>/bring-back")
@access.needs(Right.EDIT_WORKSTREAM, statement_in_url)
def bring_back_statement(section: Section, statement: Aim | KeyIssue) -> ResponseReturnValue:
    """Undo a removal."""
    services.bring_back_statement(statement=statement)
    return _done(section, f"{section.noun.capitalize()} is back", statement.id)


@bp.post(f"{_LIST}/<uuid:statement_id>/move")
@access.needs(Right.EDIT_WORKSTREAM, statement_in_url)
def move_statement(section: Section, statement: Aim | KeyIssue) -> ResponseReturnValue:
    """One step up, or down for any other `direction`."""
    up = request.form.get("direction") == "up"
    moved = services.move_statement(statement=statement, up=up)
    end = "first" if up else "last"
    words = ("Moved up" if up else "Moved down") if moved else f"It is {end} already"
    return _done(section, words, statement.id)


def _open(section: Section, form: Any, heading: str) -> ResponseReturnValue:
    section.form = form
    return form.show(_PAGE, _FRAGMENT, section=section, place=section.place, heading=heading)  # type: ignore[no-any-return]


def _done(section: Section, words: str, statement_id: uuid.UUID) -> ResponseReturnValue:
    anchor = f"#statement-{statement_id}"
    return htmx.done(
        section.place.url + anchor, words, fragment=_FRAGMENT, focus=anchor, section=_again(section)
    )


def _again(section: Section) -> Section:
    """The list as it is after a change."""
    return sections_of(section.place)[section.key]


def _new_form(section: Section) -> Callable[..., Any]:
    if section.key == "key-issues":
        return forms.NewKeyIssueForm
    return forms.NewAmbitionForm if section.ambitions else forms.NewPriorityForm


def _edit_form(section: Section) -> Callable[..., Any]:
    if section.key == "key-issues":
        return forms.EditKeyIssueForm
    return forms.EditAmbitionForm if section.ambitions else forms.EditPriorityForm
