"""The ranking, as a page and as a file."""

import io

from flask import request, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts import table_files
from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_in_url
from app.cohorts.reviewing import queries, ranking_files, scoring
from app.cohorts.reviewing.blueprint import bp
from app.cohorts.reviewing.ranking import (
    ONLY,
    RANKED_AT,
    SORTS,
    RankingFilter,
    whole_ranking,
)
from app.cohorts.reviewing.ranking import ranking as page_of_ranking
from app.core import access, clock, htmx
from app.core.rights import Right
from app.workstreams.queries import Place


@bp.get("/applicants/reviews/ranking")
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def ranking(place: Place, call: Call) -> ResponseReturnValue:
    """Applications by what their reviews come to."""
    wanted = RankingFilter.read(request.args)
    at = f"{place.url}/applicants/reviews/ranking"
    return htmx.render(
        "cohorts/reviewing/ranking.html",
        "cohorts/reviewing/_ranking.html",
        place=place,
        call=call,
        at=at,
        wanted=wanted,
        active=wanted.in_force(at),
        page_of=page_of_ranking(call, wanted, current_user.id),
        stages=[("", "All stages"), *((stage.value, stage.label) for stage in RANKED_AT)],
        sorts=SORTS,
        only=ONLY,
        far_apart=scoring.FAR_APART,
    )


@bp.get("/applicants/reviews/ranking.<any(xlsx, csv):file_format>")
@access.needs(Right.MANAGE_APPLICANTS, queries.ranking_file_in_url)
def ranking_file(place: Place, call: Call, file_format: str) -> ResponseReturnValue:
    """All of the ranking, as filtered and sorted by the URL."""
    wanted = RankingFilter.read(request.args)
    rows = whole_ranking(call, wanted, current_user.id)
    write, mimetype = table_files.FORMATS[file_format]
    return send_file(
        io.BytesIO(write(ranking_files.file_of(place, rows))),
        mimetype=mimetype,
        as_attachment=True,
        download_name=f"{place.slug}-ranking-{clock.today().isoformat()}.{file_format}",
    )
