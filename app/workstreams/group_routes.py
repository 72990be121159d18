"""The groups that plans report to: the partnership's bodies."""

import uuid

import sqlalchemy as sa
from flask import render_template
from flask.typing import ResponseReturnValue

from app.core import access, htmx
from app.core.rights import Right
from app.extensions import db
from app.workstreams import services
from app.workstreams.blueprint import bp
from app.workstreams.forms import EditBodyForm, NewBodyForm
from app.workstreams.models import Body


@bp.get("/admin/groups")
@access.needs(Right.MANAGE_SETTINGS)
def groups() -> ResponseReturnValue:
    """Every group, by name."""
    found = db.session.scalars(sa.select(Body).order_by(sa.func.lower(Body.name))).all()
    return render_template("workstreams/groups.html", groups=found)


@bp.route("/admin/groups/new", methods=["GET", "POST"])
@access.needs(Right.MANAGE_SETTINGS)
def add_group() -> ResponseReturnValue:
    """Add a group."""
    form = NewBodyForm()
    if form.validate_on_submit():
        with form.saving():
            body = services.create_body(
                id=form.id.data,
                name=form.name.data,
                abbreviation=form.abbreviation.data,
                is_csp=form.is_csp.data,
            )
        if not form.failed:
            return htmx.done("/admin/groups", f"{body.name} added")
    return form.show("workstreams/add_group.html")


@bp.route("/admin/groups/<uuid:body_id>/edit", methods=["GET", "POST"])
@access.needs(Right.MANAGE_SETTINGS)
def edit_group(body_id: uuid.UUID) -> ResponseReturnValue:
    """Change what a group is called."""
    body = db.get_or_404(Body, body_id)
    form = EditBodyForm(obj=body)
    if form.validate_on_submit():
        with form.saving(body, fresh=lambda: EditBodyForm(formdata=None, obj=body)):
            services.edit_body(
                body=body,
                name=form.name.data,
                abbreviation=form.abbreviation.data,
                is_csp=form.is_csp.data,
                version=form.version.data,
            )
        if not form.failed:
            return htmx.done("/admin/groups", f"{body.name} saved")
    return form.show("workstreams/edit_group.html", body=body)
