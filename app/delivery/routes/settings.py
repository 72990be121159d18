"""What red, amber and green mean: edited by administrators, shown wherever somebody chooses."""

from flask import url_for
from flask.typing import ResponseReturnValue

from app.core import access, htmx
from app.core.rights import Right
from app.delivery import queries, services
from app.delivery.forms import RagDefinitionForm
from app.delivery.models import Rag
from app.delivery.routes import settings_bp as bp


@bp.get("")
@access.needs(Right.MANAGE_SETTINGS)
def settings() -> ResponseReturnValue:
    """The definitions in force."""
    return htmx.render(
        "delivery_settings/settings.html", levels=list(Rag), definitions=queries.rag_definitions()
    )


@bp.route("/rag/<any(red, amber, green):level>", methods=["GET", "POST"])
@access.needs(Right.MANAGE_SETTINGS)
def edit_rag(level: str) -> ResponseReturnValue:
    """Change what one colour means."""
    definition = queries.rag_definitions()[level]
    form = RagDefinitionForm(obj=definition)
    if form.validate_on_submit():
        with form.saving(
            definition, fresh=lambda: RagDefinitionForm(formdata=None, obj=definition)
        ):
            services.define_rag(
                definition=definition,
                version=form.version.data,
                words=form.definition.data,
            )
        if not form.failed:
            return htmx.done(url_for("delivery_settings.settings"), "Definition saved")
    return form.show("delivery_settings/edit_rag.html", level=Rag(level), definition=definition)
