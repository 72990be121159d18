"""The recommendations of a workstream: list, one, answering, and saying what was done."""

import uuid

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, htmx
from app.core.forms import ButtonForm
from app.core.paging import asked_page
from app.core.restoring import latest_change_id
from app.core.rights import Right
from app.evaluation.blueprint import bp
from app.evaluation.models import Recommendation
from app.evaluation.queries import just_removed
from app.evaluation.recommendations import queries, services
from app.evaluation.recommendations.forms import (
    AnswerForm,
    EditRecommendationForm,
    UpdateForm,
    new_from,
    opened,
)
from app.evaluation.recommendations.queries import Standing, recommendation_in_url
from app.workstreams.queries import Place, workstream_in_url

_ONE = "/recommendations/<uuid:recommendation_id>"
_ANSWER = Right.ANSWER_RECOMMENDATIONS


@bp.get("/recommendations")
@access.needs(Right.VIEW_WORKSTREAM, workstream_in_url)
def recommendations(place: Place) -> ResponseReturnValue:
    """What was recommended and what became of it; the filter lives in the URL."""
    asked = request.args.get("standing", "")
    wanted = Standing(asked) if asked in set(Standing) else None
    mine = request.args.get("mine") == "yes"
    return htmx.render(
        "evaluation/recommendations.html",
        "evaluation/_recommendations.html",
        place=place,
        base=f"{place.url}/evidence/recommendations",
        listed=queries.list_of(place, wanted, mine=mine, number=asked_page()),
        undo=just_removed(place, request.args.get("undo", type=uuid.UUID)),
    )


@bp.get(_ONE)
@access.needs(Right.VIEW_WORKSTREAM, recommendation_in_url)
def recommendation(place: Place, recommendation: Recommendation) -> ResponseReturnValue:
    """One recommendation, its answer, and what was done."""
    return _show(place, recommendation, opened(recommendation))


def _show(place: Place, recommendation: Recommendation, form: UpdateForm) -> ResponseReturnValue:
    return form.show(
        "evaluation/recommendation.html",
        "evaluation/_progress.html",
        **_shown(place, recommendation),
    )


def _shown(place: Place, recommendation: Recommendation) -> dict[str, object]:
    return {
        "place": place,
        "row": queries.one_of(place, recommendation),
        "updates": queries.updates_of(recommendation),
        "address": f"{place.url}/evidence/recommendations/{recommendation.id}",
        "may_answer": place.can(_ANSWER, assigned=recommendation.owner_id == place.user.id),
    }


@bp.route("/recommendations/add", methods=["GET", "POST"])
@access.needs(Right.WRITE_NOTES, workstream_in_url)
def add_recommendation(place: Place) -> ResponseReturnValue:
    """Record what a note or a report recommends."""
    form = new_from(place, request.args.get("note", type=uuid.UUID))
    if form.validate_on_submit():
        with form.saving():
            services.add_recommendation(id=form.id.data, workstream_id=place.id, words=form.words)
        if not form.failed:
            url = f"{place.url}/evidence/recommendations/{form.id.data}"
            return htmx.done(url, "Recommendation added")
    return form.show("evaluation/add_recommendation.html", place=place)


@bp.route(f"{_ONE}/edit", methods=["GET", "POST"])
@access.needs(Right.WRITE_NOTES, recommendation_in_url)
def edit_recommendation(place: Place, recommendation: Recommendation) -> ResponseReturnValue:
    """Change what is recommended."""

    def fresh() -> EditRecommendationForm:
        return EditRecommendationForm(place, formdata=None, obj=recommendation)

    form = EditRecommendationForm(place, obj=recommendation)
    if form.validate_on_submit():
        with form.saving(recommendation, fresh=fresh):
            services.edit_recommendation(
                recommendation=recommendation, version=form.version.data, words=form.words
            )
        if not form.failed:
            url = f"{place.url}/evidence/recommendations/{recommendation.id}"
            return htmx.done(url, "Recommendation saved")
    return form.show(
        "evaluation/edit_recommendation.html", place=place, recommendation=recommendation
    )


@bp.route(f"{_ONE}/remove", methods=["GET", "POST"])
@access.needs(Right.WRITE_NOTES, recommendation_in_url)
def remove_recommendation(place: Place, recommendation: Recommendation) -> ResponseReturnValue:
    """Take it away; what follows offers Undo."""
    form = ButtonForm(obj=recommendation)
    subject_id = recommendation.id
    if form.validate_on_submit():
        with form.saving(
            recommendation, fresh=lambda: ButtonForm(formdata=None, obj=recommendation)
        ):
            services.remove_recommendation(recommendation=recommendation, version=form.version.data)
        if not form.failed:
            undo = latest_change_id(subject_id)
            return htmx.go_to(f"{place.url}/evidence/recommendations?undo={undo}")
    return form.show(
        "evaluation/remove_recommendation.html", place=place, recommendation=recommendation
    )


@bp.route(f"{_ONE}/answer", methods=["GET", "POST"])
@access.needs(_ANSWER, recommendation_in_url)
def answer_recommendation(place: Place, recommendation: Recommendation) -> ResponseReturnValue:
    """Accept it, in part or whole, or decline it; say who sees to it and by when."""

    def fresh() -> AnswerForm:
        return AnswerForm(place, formdata=None, obj=recommendation)

    form = AnswerForm(place, obj=recommendation)
    if form.validate_on_submit():
        with form.saving(recommendation, fresh=fresh):
            services.answer(
                recommendation=recommendation, version=form.version.data, values=form.values
            )
        if not form.failed:
            url = f"{place.url}/evidence/recommendations/{recommendation.id}"
            return htmx.done(url, "Answer saved")
    return form.show(
        "evaluation/answer_recommendation.html", place=place, recommendation=recommendation
    )


@bp.post(f"{_ONE}/progress")
@access.needs(_ANSWER, recommendation_in_url)
def update_recommendation(place: Place, recommendation: Recommendation) -> ResponseReturnValue:
    """Say what was done about it."""
    form = UpdateForm()
    if form.validate_on_submit():
        with form.saving(recommendation, fresh=lambda: opened(recommendation)):
            services.post_update(
                id=form.id.data,
                recommendation=recommendation,
                version=form.version.data,
                text=form.text.data,
                done_on=form.done_on,
                by=current_user,
            )
        if not form.failed:
            return htmx.done(
                f"{place.url}/evidence/recommendations/{recommendation.id}",
                "Progress saved",
                fragment="evaluation/_progress.html",
                focus="#progress",
                form=opened(recommendation),
                **_shown(place, recommendation),
            )
    return _show(place, recommendation, form)
