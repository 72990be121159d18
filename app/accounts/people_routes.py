"""People, for administrators."""

import uuid
from collections.abc import Callable
from urllib.parse import urlencode

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import invitations, queries, services
from app.accounts.blueprint import bp
from app.accounts.forms import InviteForm, PersonForm, SendAgainForm
from app.accounts.models import User
from app.accounts.work_account import linking
from app.core import access, htmx
from app.core.errors import EditConflict, Refused
from app.core.forms import ButtonForm, optional_uuid
from app.core.paging import asked_page
from app.core.rights import Right
from app.extensions import db

LIST = "/admin/people"
ALREADY_SENT = "An invitation went to {name} since you opened the page: it was not sent twice"


def _narrowed() -> queries.PeopleFilter:
    """The filter as the URL says it; what makes no sense is left out."""
    try:
        organisation_id = optional_uuid(request.args.get("organisation"))
    except ValueError:
        organisation_id = None
    status = request.args.get("status", "")
    return queries.PeopleFilter(
        words=request.args.get("q", "").strip(),
        organisation_id=organisation_id,
        status=status if status in queries.STATUSES else "",
    )


def _chips(narrowed: queries.PeopleFilter, names: dict[uuid.UUID, str]) -> list[tuple[str, str]]:
    """(words, URL without it) for each filter in force."""
    asked = {
        "q": (narrowed.words, f"“{narrowed.words}”"),
        "organisation": (
            narrowed.organisation_id,
            names.get(narrowed.organisation_id, "Organisation") if narrowed.organisation_id else "",
        ),
        "status": (narrowed.status, queries.STATUSES.get(narrowed.status, "")),
    }
    in_force = {key: str(value) for key, (value, _) in asked.items() if value}
    return [
        (
            asked[key][1],
            _list_url({k: v for k, v in in_force.items() if k != key}),
        )
        for key in in_force
    ]


def _list_url(values: dict[str, str]) -> str:
    return LIST + (f"?{urlencode(values)}" if values else "")


@bp.get(LIST)
@access.needs(Right.MANAGE_PEOPLE)
def people() -> ResponseReturnValue:
    """Everybody with an account, found by name or address."""
    narrowed = _narrowed()
    organisations = queries.organisations()
    return render_template(
        "accounts/people.html",
        page=queries.people(narrowed, asked_page()),
        narrowed=narrowed,
        chips=_chips(narrowed, {found.id: found.name for found in organisations}),
        organisations=organisations,
        statuses=queries.STATUSES,
    )


@bp.route(f"{LIST}/invite", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PEOPLE)
def invite() -> ResponseReturnValue:
    """Invite somebody by e-mail."""
    form = InviteForm()
    if form.validate_on_submit():
        with form.saving():
            organisation_id = form.organisation_id.data
            user, _ = invitations.invite(
                by=current_user,
                id=form.id.data,
                name=form.name.data,
                email=form.email.data,
                organisation=queries.organisation(organisation_id) if organisation_id else None,
                global_role=form.global_role.data,
            )
        if not form.failed:
            return htmx.done(
                url_for("accounts.person", person_id=user.id), f"Invitation sent to {user.email}"
            )
    return form.show("accounts/invite.html")


def _person(person_id: uuid.UUID) -> User:
    found = queries.person(person_id)
    if found is None:
        abort(404)
    return found


@bp.get(f"{LIST}/<uuid:person_id>")
@access.needs(Right.MANAGE_PEOPLE)
def person(person_id: uuid.UUID) -> ResponseReturnValue:
    """One person: who they are here, and what can be done about their account."""
    return _show_person(_person(person_id), ButtonForm())


def _show_person(found: User, form: ButtonForm) -> ResponseReturnValue:
    invitation = queries.latest_invitation(found)
    return form.show(
        "accounts/person.html",
        person=found,
        invitation=invitation,
        link_works=invitation is not None and queries.is_open(invitation),
    )


@bp.route(f"{LIST}/<uuid:person_id>/edit", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PEOPLE)
def edit_person(person_id: uuid.UUID) -> ResponseReturnValue:
    """Change somebody's name, address, organisation or role over everything."""
    found = _person(person_id)
    form = PersonForm(obj=found)
    if form.validate_on_submit():
        with form.saving(found, fresh=lambda: PersonForm(formdata=None, obj=found)):
            services.edit_person(
                by=current_user,
                person=found,
                version=form.version.data,
                name=form.name.data,
                email=form.email.data,
                organisation_id=form.organisation_id.data,
                global_role=form.global_role.data,
            )
        if not form.failed:
            return htmx.done(url_for("accounts.person", person_id=found.id), f"{found.name} saved")
    return form.show("accounts/edit_person.html", person=found)


def _act(
    person_id: uuid.UUID,
    do: Callable[[User, int], str | None],
    said: str,
    form: ButtonForm | None = None,
) -> ResponseReturnValue:
    """A button on a person's page. What is refused, or was changed meanwhile, is said there. `do` may
    return other words than `said`."""
    found = _person(person_id)
    form = form or ButtonForm()
    if form.validate_on_submit() and form.version.data is not None:
        try:
            said = do(found, form.version.data) or said
        except Refused as error:
            db.session.rollback()
            form.form_errors.append(error.message)
        except EditConflict:
            db.session.rollback()
            answer = render_template("accounts/person_changed.html", person=_person(person_id))
            return answer, 409
        else:
            return htmx.done(
                url_for("accounts.person", person_id=found.id), said.format(name=found.name)
            )
    return _show_person(_person(person_id), form)


@bp.get(f"{LIST}/<uuid:person_id>/suspend")
@access.needs(Right.MANAGE_PEOPLE)
def confirm_suspend(person_id: uuid.UUID) -> ResponseReturnValue:
    """Ask first."""
    return render_template("accounts/confirm_suspend.html", person=_person(person_id))


@bp.post(f"{LIST}/<uuid:person_id>/suspend")
@access.needs(Right.MANAGE_PEOPLE)
def suspend(person_id: uuid.UUID) -> ResponseReturnValue:
    """Shut somebody out at once."""
    return _act(
        person_id,
        lambda found, version: services.suspend(by=current_user, person=found, version=version),
        "{name} is suspended and signed out everywhere",
    )


@bp.post(f"{LIST}/<uuid:person_id>/bring-back")
@access.needs(Right.MANAGE_PEOPLE)
def bring_back(person_id: uuid.UUID) -> ResponseReturnValue:
    """Let a suspended person in again."""
    return _act(
        person_id,
        lambda found, version: services.bring_back(person=found, version=version),
        "{name} can sign in again",
    )


@bp.post(f"{LIST}/<uuid:person_id>/send-again")
@access.needs(Right.MANAGE_PEOPLE)
def send_again(person_id: uuid.UUID) -> ResponseReturnValue:
    """A new invitation; the old link stops working. Pressed twice, it is sent once."""
    form = SendAgainForm()

    def do(found: User, _version: int) -> str | None:
        sent = invitations.send_again(by=current_user, user=found, newest_seen=form.newest.data)
        return None if sent else ALREADY_SENT

    return _act(person_id, do, "New invitation sent to {name}", form)


@bp.get(f"{LIST}/<uuid:person_id>/remove-second-factors")
@access.needs(Right.MANAGE_PEOPLE)
def confirm_remove_second_factors(person_id: uuid.UUID) -> ResponseReturnValue:
    """Ask first."""
    return render_template("accounts/confirm_remove_second_factors.html", person=_person(person_id))


@bp.post(f"{LIST}/<uuid:person_id>/remove-second-factors")
@access.needs(Right.MANAGE_PEOPLE)
def remove_second_factors(person_id: uuid.UUID) -> ResponseReturnValue:
    """For somebody who has lost their phone or key."""

    def do(found: User, _version: int) -> None:
        services.remove_second_factors(person=found)

    return _act(person_id, do, "{name} can sign in with the password alone")


@bp.get(f"{LIST}/<uuid:person_id>/remove-work-account")
@access.needs(Right.MANAGE_PEOPLE)
def confirm_remove_work_account(person_id: uuid.UUID) -> ResponseReturnValue:
    """Ask first."""
    return render_template("accounts/confirm_remove_work_account.html", person=_person(person_id))


@bp.post(f"{LIST}/<uuid:person_id>/remove-work-account")
@access.needs(Right.MANAGE_PEOPLE)
def remove_work_account_of(person_id: uuid.UUID) -> ResponseReturnValue:
    """For somebody who has changed employer, say."""

    def do(found: User, _version: int) -> None:
        linking.unlink_by_administrator(user=found)

    return _act(person_id, do, "The work account of {name} is removed")
