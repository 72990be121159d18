"""Requests about personal data: one person's data as a file, and their erasure. For administrators."""

import json
import uuid
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts.personal_data import held, queries, services
from app.cohorts.personal_data.forms import EraseForm, LookUpForm
from app.cohorts.personal_data.people import Person, first_record, names_of, references_of
from app.core import access, clock, htmx
from app.core.forms import ButtonForm
from app.core.paging import asked_page
from app.core.rights import Right

bp = Blueprint("personal_data", __name__)

LIST = "/admin/people-data"
_ONE = f"{LIST}/<slug:records>/<uuid:record_id>"
NOTHING = (
    "Waymark holds nothing about this address or reference. Check how it is spelt; people may also have "
    "used another address"
)


def url_of(records: str, record_id: uuid.UUID) -> str:
    """The page of the person whom one record is about: records are named, never addresses."""
    return f"{LIST}/{records}/{record_id}"


@bp.route(LIST, methods=["GET", "POST"])
@access.needs(Right.MANAGE_PERSONAL_DATA)
def requests() -> ResponseReturnValue:
    """Look somebody up; what was done about earlier requests."""
    form = LookUpForm()
    if form.validate_on_submit():
        found = first_record(form.words.data)
        if found is not None:
            table_name, record_id = found
            return htmx.go_to(url_of(table_name.replace("_", "-"), record_id))
        form.words.errors = [NOTHING]
    handled = queries.requests_page(asked_page())
    return form.show("cohorts/personal_data/requests.html", handled=handled)


@bp.get(_ONE)
@access.needs(Right.MANAGE_PERSONAL_DATA, queries.person_in_url)
def person(person: Person, url: str) -> ResponseReturnValue:
    """What Waymark holds about one person, in short."""
    return render_template(
        "cohorts/personal_data/person.html", form=ButtonForm(), **_shown(person, url)
    )


@bp.post(f"{_ONE}/file")
@access.needs(Right.MANAGE_PERSONAL_DATA, queries.person_in_url)
def person_file(person: Person, url: str) -> ResponseReturnValue:
    """Download all of it as one file, to read or (`format=json`) to take elsewhere. That it was is
    recorded, which is why it is posted."""
    sections = held.sections_of(person)
    services.note_handing_over(person=person, by=current_user)
    title = f"What Waymark holds about {', '.join(references_of(person)) or 'an address'}"
    name = f"waymark-{'-'.join(references_of(person)).lower() or 'address'}-{clock.today()}"
    if request.form.get("format") == "json":
        content = json.dumps(_as_json(title, sections), indent=2, ensure_ascii=False)
        return _attachment(content, "application/json", f"{name}.json")
    content = render_template("cohorts/personal_data/file.html", title=title, sections=sections)
    return _attachment(content, "text/html", f"{name}.html")


@bp.route(f"{_ONE}/erase", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PERSONAL_DATA, queries.person_in_url)
def erase_person(person: Person, url: str) -> ResponseReturnValue:
    """Erase it, after asking."""
    if queries.is_erased(person):
        return htmx.done(LIST, "This was erased already")
    form = EraseForm()
    if form.validate_on_submit():
        with form.saving():
            record = services.erase_person(person=person, by=current_user, reason=form.reason.data)
        if not form.failed:
            return htmx.done(LIST, f"Erased: {record.about}")
    return form.show("cohorts/personal_data/erase.html", **_shown(person, url))


def _shown(person: Person, url: str) -> dict[str, Any]:
    return {
        "url": url,
        "names": names_of(person),
        "emails": sorted(person.emails),
        "references": references_of(person),
        "counts": held.counts_of(person),
        "erased": queries.is_erased(person),
    }


def _as_json(title: str, sections: list[held.Section]) -> dict[str, object]:
    return {
        "title": title,
        "made_on": clock.today().isoformat(),
        "held": [
            {"kind": section.title, "records": [dict(entry) for entry in section.entries]}
            for section in sections
        ],
    }


def _attachment(content: str, mimetype: str, name: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    # It is somebody's, on a machine that is perhaps not theirs.
    response.headers["Cache-Control"] = "no-store"
    return response
