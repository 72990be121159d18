"""Organisations, for administrators."""

import uuid

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app.accounts import queries, services
from app.accounts.blueprint import bp
from app.accounts.forms import EditOrganisationForm, NewOrganisationForm
from app.core import access, htmx
from app.core.rights import Right

LIST = "/admin/organisations"


@bp.get(LIST)
@access.needs(Right.MANAGE_PEOPLE)
def organisations() -> ResponseReturnValue:
    """Every organisation."""
    return render_template(
        "accounts/organisations.html", organisations=queries.organisations_with_counts()
    )


@bp.route(f"{LIST}/new", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PEOPLE)
def new_organisation() -> ResponseReturnValue:
    """Add a partner."""
    form = NewOrganisationForm()
    if form.validate_on_submit():
        with form.saving():
            services.create_organisation(id=form.id.data, name=form.name.data, kind=form.kind.data)
        if not form.failed:
            return htmx.done(LIST, f"{form.name.data} added")
    return form.show("accounts/new_organisation.html")


@bp.route(f"{LIST}/<uuid:organisation_id>", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PEOPLE)
def edit_organisation(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Change a partner's name or kind."""
    organisation = queries.organisation(organisation_id)
    if organisation is None:
        abort(404)
    form = EditOrganisationForm(obj=organisation)
    if form.validate_on_submit():
        with form.saving(
            organisation, fresh=lambda: EditOrganisationForm(formdata=None, obj=organisation)
        ):
            services.edit_organisation(
                organisation=organisation,
                version=form.version.data,
                name=form.name.data,
                kind=form.kind.data,
            )
        if not form.failed:
            return htmx.done(LIST, f"{organisation.name} saved")
    return form.show("accounts/edit_organisation.html", organisation=organisation)
