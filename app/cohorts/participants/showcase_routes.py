"""The showcase and its programme: on a page, on paper, as Word and PDF."""

import io
import uuid

from flask import Response, current_app, request, send_file
from flask.typing import ResponseReturnValue

from app.cohorts.call.models import Call
from app.cohorts.participants import programme, programme_files
from app.cohorts.participants.queries import participants_in_url
from app.cohorts.participants.routes import bp
from app.core import access, clock, htmx
from app.core.errors import Refused, show_error
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.delivery.exports import docx, pdf
from app.workstreams.queries import Place

_PAGE, _PROGRAMME = "cohorts/participants/showcase.html", "cohorts/participants/_programme.html"


@bp.get("/showcase")
@access.needs(Right.MANAGE_PARTICIPANTS, participants_in_url)
def showcase(place: Place, call: Call) -> ResponseReturnValue:
    """When it is, who shows what, and who came."""
    shown = programme.showcase_of(place)
    return htmx.render(_PAGE, _PROGRAMME, place=place, showcase=shown, form=ButtonForm())


@bp.post("/showcase")
@access.needs(Right.MANAGE_PARTICIPANTS, participants_in_url)
def change_programme(place: Place, call: Call) -> ResponseReturnValue:
    """One press of a button: `up`, `down`, `out` or `add` with a participant's id, or `add_all`."""
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving():
            said, focus = _change(place)
        if not form.failed:
            return htmx.done(
                f"{place.url}/participants/showcase{focus}",
                said,
                fragment=_PROGRAMME,
                focus=focus or "#programme",
                place=place,
                showcase=programme.showcase_of(place),
                form=ButtonForm(formdata=None),
            )
    return form.show(_PAGE, _PROGRAMME, place=place, showcase=programme.showcase_of(place))


def _change(place: Place) -> tuple[str, str]:
    """Carry it out; gives what was done, and what to look at then."""
    workstream = place.workstream
    if "add_all" in request.form:
        ids = [one.id for one in programme.showcase_of(place).with_projects]
        programme.add_to_programme(workstream=workstream, participant_ids=ids)
        return "Everybody with a project is in the programme", ""
    try:
        ((name, value),) = [
            (name, request.form[name])
            for name in ("up", "down", "out", "add")
            if name in request.form
        ]
        participant_id = uuid.UUID(value)
    except ValueError:
        raise Refused("Reload the page and try again") from None
    if name == "add":
        programme.add_to_programme(workstream=workstream, participant_ids=[participant_id])
        return "Added to the programme", f"#slot-{participant_id}"
    if name == "out":
        programme.take_out(workstream=workstream, participant_id=participant_id)
        return "Taken out of the programme", ""
    programme.move_in_programme(
        workstream=workstream, participant_id=participant_id, places=-1 if name == "up" else 1
    )
    return f"Moved {name}", f"#slot-{participant_id}"


@bp.get("/showcase.docx")
@access.needs(Right.MANAGE_PARTICIPANTS, participants_in_url)
def programme_in_word(place: Place, call: Call) -> ResponseReturnValue:
    """The programme, to hand out or to work on."""
    content = programme_files.as_word(place, programme.showcase_of(place))
    return _sent(place, content, docx.MIMETYPE, "docx")


@bp.get("/showcase.pdf")
@access.needs(Right.MANAGE_PARTICIPANTS, participants_in_url)
def programme_in_pdf(place: Place, call: Call) -> ResponseReturnValue:
    """The programme, to hand out."""
    try:
        content = programme_files.as_pdf(place, programme.showcase_of(place), clock.today())
    except pdf.NotTypeset as error:
        current_app.logger.error("A programme was not made: %s", error)
        return show_error(
            503, "The PDF could not be made just now. Try again in a minute, or take the Word file."
        )
    return _sent(place, content, pdf.MIMETYPE, "pdf")


def _sent(place: Place, content: bytes, mimetype: str, ending: str) -> Response:
    return send_file(
        io.BytesIO(content),
        mimetype=mimetype,
        as_attachment=True,
        download_name=f"showcase-{place.slug}.{ending}",
    )
