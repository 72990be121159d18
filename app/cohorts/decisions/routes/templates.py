"""A cohort's words for its letters."""

from flask.typing import ResponseReturnValue

from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_in_url
from app.cohorts.decisions import forms, letters, queries
from app.cohorts.decisions.models import DecisionKind
from app.cohorts.decisions.routes import bp
from app.core import access, htmx
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.workstreams.queries import Place

_BELOW = "/workstreams/<slug:slug>/call/letters"
_ONE = f"{_BELOW}/<any(offer, 'waiting-list', unsuccessful):letter_kind>"


@bp.get(_BELOW)
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def letter_templates(place: Place, call: Call) -> ResponseReturnValue:
    """The letters of each kind, as they are written."""
    return htmx.render(
        "cohorts/decisions/letter_templates.html",
        place=place,
        own=letters.own_templates(call),
        words=letters.templates_of(call),
    )


@bp.route(f"{_ONE}/edit", methods=["GET", "POST"])
@access.needs(Right.MANAGE_APPLICANTS, queries.letter_kind_in_url)
def edit_letter(place: Place, call: Call, kind: DecisionKind) -> ResponseReturnValue:
    """Change the words of one kind."""

    def make(**kwargs: object) -> forms.TemplateForm:
        words = letters.templates_of(call)[kind]
        version = template.version if template else 0
        return forms.TemplateForm(subject=words.subject, body=words.body, version=version, **kwargs)

    template = letters.own_templates(call).get(kind)
    form = make()
    if form.validate_on_submit():
        with form.saving(template, fresh=lambda: make(formdata=None)):
            letters.save_template(
                call=call,
                kind=kind,
                version=form.version.data,
                subject=form.subject.data,
                body=form.body.data,
            )
        if not form.failed:
            return htmx.done(f"{place.url}/call/letters", f"Letter saved: {kind.label.lower()}")
    return form.show(
        "cohorts/decisions/edit_letter.html",
        place=place,
        kind=kind,
        template=template,
        fields=letters.FIELDS,
    )


@bp.post(f"{_ONE}/default")
@access.needs(Right.MANAGE_APPLICANTS, queries.letter_kind_in_url)
def default_letter(place: Place, call: Call, kind: DecisionKind) -> ResponseReturnValue:
    """Take Waymark's words again."""
    form = ButtonForm()
    if form.validate_on_submit():
        letters.back_to_default(call=call, kind=kind, version=form.version.data)
    return htmx.done(f"{place.url}/call/letters", "The letter has Waymark’s words again")
