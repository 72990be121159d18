"""A People Zone's evaluation: what it builds, and how far its ambition statements are realised."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, clock, htmx
from app.core.rights import Right
from app.evaluation.ambitions import counting, queries
from app.evaluation.ambitions.judging import JudgementForm, judge
from app.evaluation.blueprint import bp
from app.evaluation.models import Direction
from app.workstreams.models import Aim
from app.workstreams.queries import Place, workstream_in_url


@bp.get("/ambitions")
@access.needs(Right.VIEW_WORKSTREAM, workstream_in_url)
def ambitions(place: Place) -> ResponseReturnValue:
    """Activity by domain over time, and each ambition statement with its evidence and judgements."""
    counted = counting.counted(place.id, clock.today())
    return render_template(
        "evaluation/ambitions.html",
        place=place,
        counted=counted,
        drawing=counting.draw(counted) if counted else None,
        ambitions=queries.ambitions_of(place),
        directions=list(Direction),
    )


@bp.route("/ambitions/<uuid:aim_id>/judge", methods=["GET", "POST"])
@access.needs(Right.JUDGE_AMBITIONS, queries.ambition_in_url)
def judge_ambition(place: Place, aim: Aim) -> ResponseReturnValue:
    """Say how far a statement is realised; earlier judgements stay."""
    form = JudgementForm()
    if form.validate_on_submit():
        with form.saving():
            judge(
                id=form.id.data,
                aim=aim,
                level=form.level.data,
                reason=form.reason.data,
                on=form.on.data,
                by=current_user,
            )
        if not form.failed:
            url = f"{place.url}/evidence/ambitions#ambition-{aim.id}"
            return htmx.done(url, "Judgement added")
    return form.show(
        "evaluation/judge_ambition.html",
        place=place,
        aim=aim,
        one=queries.ambition(place, aim),
        directions=list(Direction),
    )
