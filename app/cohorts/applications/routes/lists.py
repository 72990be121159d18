"""Everybody who applied: the table, the board, and the list as a file."""

import io
import uuid
from typing import Any

from flask import request, send_file
from flask.typing import ResponseReturnValue

from app.cohorts import table_files
from app.cohorts.age_bands import AgeBand
from app.cohorts.applications import exports, listing
from app.cohorts.applications.coordinating import quick_moves
from app.cohorts.applications.filters import ADJUSTMENTS, ApplicantFilter
from app.cohorts.applications.models import Entered, Source
from app.cohorts.applications.notices import Notice, notice_of
from app.cohorts.applications.routes import bp
from app.cohorts.applications.stages import Stage
from app.cohorts.areas import Area
from app.cohorts.call.models import Call
from app.cohorts.call.queries import call_in_url
from app.core import access, clock, htmx
from app.core.paging import Page, asked_page
from app.core.rights import Right
from app.workstreams.queries import Place

# The columns of the board, and those about whom nothing more is to be decided.
_UNDER_WAY = (
    Stage.SUBMITTED,
    Stage.ELIGIBLE,
    Stage.SHORTLISTED,
    Stage.INTERVIEW,
    Stage.OFFERED,
    Stage.ACCEPTED,
    Stage.ENROLLED,
    Stage.WAITLISTED,
)
_OVER = (Stage.UNSUCCESSFUL, Stage.DECLINED, Stage.WITHDRAWN)


def _choices(
    kinds: type[Area] | type[AgeBand] | type[Source] | type[Entered],
) -> list[tuple[str, str]]:
    return [(kind.value, kind.label) for kind in kinds]


# (name, label, choices) of the selects of the filter.
FACETS = (
    ("area", "Area", _choices(Area)),
    ("age", "Age when the cohort starts", _choices(AgeBand)),
    ("source", "Where they heard of it", _choices(Source)),
    ("entered", "How it came", _choices(Entered)),
    ("adjustments", "Adjustments", list(ADJUSTMENTS)),
)
QUICK_MOVES = {stage.value: [(to.value, to.label) for to in quick_moves(stage)] for stage in Stage}


def asked_notice(place: Place) -> Notice | None:
    """What was just moved, to be told with a way back."""
    batch_id = request.args.get("moved", type=uuid.UUID)
    return notice_of(place.id, batch_id) if batch_id else None


@bp.get("")
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def applicants(place: Place, call: Call) -> ResponseReturnValue:
    """The table, filtered and sorted by the URL."""
    wanted = ApplicantFilter.read(request.args)
    counts = listing.counts_by_stage(place.id, wanted)
    total = listing.total_of(wanted, counts)
    number = min(asked_page(), max(1, -(-total // listing.PAGE_SIZE)))
    base = f"{place.url}/applicants"
    pager = Page(
        listing.rows_of(place.id, wanted, number) if total else [],
        number,
        total,
        listing.PAGE_SIZE,
        lambda n: base + wanted.suffix(page=str(n) if n > 1 else ""),
    )
    return htmx.render(
        "cohorts/applications/applicants.html",
        "cohorts/applications/_table.html",
        place=place,
        call=call,
        base=base,
        wanted=wanted,
        counts=counts,
        stages=[(s.value, s.label, counts[s]) for s in (*_UNDER_WAY, *_OVER) if counts[s]],
        drafts=counts[Stage.DRAFT],
        sent_in=sum(counts.values()) - counts[Stage.DRAFT],
        facets=FACETS,
        pager=pager,
        ticked="tick" in request.args,
        notice=asked_notice(place),
        closed=call.closes_at is not None and clock.moment() >= call.closes_at,
    )


@bp.get("/board")
@access.needs(Right.MANAGE_APPLICANTS, call_in_url)
def board(place: Place, call: Call) -> ResponseReturnValue:
    """A column for each stage, filtered as the table is."""
    return board_page(place, call)


def board_page(
    place: Place,
    call: Call,
    *,
    status: int = 200,
    problem: str = "",
    notice: Notice | None = None,
) -> ResponseReturnValue:
    """The board as it is now; `problem` says why something was not done."""
    wanted = ApplicantFilter.read({**request.args.to_dict(), "stage": ""})
    return htmx.render(
        "cohorts/applications/board.html",
        "cohorts/applications/_board.html",
        status=status,
        **board_context(place, call, wanted),
        problem=problem,
        notice=notice or asked_notice(place),
    )


def board_context(place: Place, call: Call, wanted: ApplicantFilter) -> dict[str, Any]:
    """What the board shows; two queries."""
    counts = listing.counts_by_stage(place.id, wanted)
    cards = listing.cards_of(place.id, wanted)
    return {
        "place": place,
        "call": call,
        "base": f"{place.url}/applicants",
        "wanted": wanted,
        "facets": FACETS,
        "columns": [
            (stage.value, stage.label, counts[stage], cards.get(stage, [])) for stage in _UNDER_WAY
        ],
        "over": [
            (stage.value, stage.label, counts[stage], cards.get(stage, []))
            for stage in _OVER
            if counts[stage]
        ],
        "drafts": counts[Stage.DRAFT],
        "sent_in": sum(counts.values()) - counts[Stage.DRAFT],
        "quick_moves": QUICK_MOVES,
    }


@bp.get("/list.<any(csv, xlsx):file_format>")
@access.needs(Right.MANAGE_APPLICANTS, exports.file_in_url)
def applicants_file(place: Place, file_format: str) -> ResponseReturnValue:
    """Download the list, as filtered by the URL: what choosing needs, and no way to reach anybody."""
    wanted = ApplicantFilter.read(request.args)
    write, mimetype = table_files.FORMATS[file_format]
    content = write(exports.file_of(place, wanted))
    return send_file(
        io.BytesIO(content),
        mimetype=mimetype,
        as_attachment=True,
        download_name=f"{place.slug}-applicants-{clock.today().isoformat()}.{file_format}",
    )
