"""The register of a session, taken on a phone at the door: each choice is saved as it is made, and what
could not be saved waits on the page."""

import uuid
from collections.abc import Mapping

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts.sessions import roll
from app.cohorts.sessions.marking import closed_because, take_register
from app.cohorts.sessions.models import Attendance, CohortSession
from app.cohorts.sessions.queries import register_in_url
from app.cohorts.sessions.roll import Choice
from app.cohorts.sessions.routes import bp
from app.core import access, htmx
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.workstreams.queries import Place

_PAGE, _ROWS = "cohorts/sessions/register.html", "cohorts/sessions/_saved.html"


@bp.route("/sessions/<uuid:session_id>/register", methods=["GET", "POST"])
@access.needs(Right.TAKE_REGISTER, register_in_url)
def register(place: Place, session: CohortSession) -> ResponseReturnValue:
    """Who is here. A swap takes only the rows that have changed, from either side."""
    form = ButtonForm()
    choices: Mapping[uuid.UUID, Choice] = {}
    clashes: Mapping[uuid.UUID, Attendance] = {}
    if form.validate_on_submit():
        with form.saving():
            choices = roll.read_choices(request.form, roll.rows_of(session))
            clashes = take_register(
                session=session,
                choices=choices,
                others_present="others" in request.form,
                by=current_user,
            )
        if not form.failed and not clashes:
            return _saved(place, session, choices)
    return _shown(place, session, form, choices, clashes)


def _saved(
    place: Place, session: CohortSession, choices: Mapping[uuid.UUID, Choice]
) -> ResponseReturnValue:
    rows = roll.rows_of(session)
    summary = roll.summary_of(rows)
    return htmx.done(
        f"{place.url}/sessions/{session.id}/register",
        f"Saved. {summary.marked} of {summary.expected} marked",
        fragment=_ROWS,
        place=place,
        session=session,
        summary=summary,
        rows=_changed(rows, choices),
        choices=choices,
        clashes={},
        problems=[],
    )


def _shown(
    place: Place,
    session: CohortSession,
    form: ButtonForm,
    choices: Mapping[uuid.UUID, Choice],
    clashes: Mapping[uuid.UUID, Attendance],
) -> ResponseReturnValue:
    """The page; or after a refusal the rows that clash, and the rest as it was chosen."""
    rows = roll.rows_of(session)
    # A clash shows the mark that stands, and says what was chosen: only choosing again changes it.
    kept = {
        id: choice.attendance
        for id, choice in choices.items()
        if choice.is_decision and id not in clashes
    }
    context = {
        "place": place,
        "session": session,
        "summary": roll.summary_of(rows),
        "chosen": kept,
        "clashes": clashes,
        "problems": form.form_errors,
    }
    status = 409 if clashes else form.status
    if htmx.wants_fragment() and status != 200:
        context["rows"] = [row for row in rows if row.participant_id in clashes]
        focus = f"#clash-{next(iter(clashes))}" if clashes else None
        return htmx.render(_PAGE, _ROWS, status=status, focus=focus, choices=choices, **context)
    return htmx.render(
        _PAGE,
        status=status,
        rows=rows,
        closed=closed_because(session),
        corrections=roll.corrections_of(session, rows)
        if place.can(Right.MANAGE_PARTICIPANTS)
        else [],
        form=form,
        **context,
    )


def _changed(rows: list[roll.Row], choices: Mapping[uuid.UUID, Choice]) -> list[roll.Row]:
    """The rows that read differently from what the page had shown."""

    def differs(row: roll.Row) -> bool:
        choice = choices.get(row.participant_id)
        return choice is None or (choice.seen_version, choice.seen) != (row.version, row.attendance)

    return [row for row in rows if differs(row)]
