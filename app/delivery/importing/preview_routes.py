"""The preview of an import into a plan; confirming it, mending its dates, calling it off."""

from dataclasses import replace
from typing import Any

from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError

from app.core import access, htmx
from app.core.errors import EditConflict, Refused
from app.core.paging import Page, asked_page
from app.core.rights import Right
from app.delivery.importing import applying
from app.delivery.importing.choices import FIELDS
from app.delivery.importing.forms import ImportForm, days_form, days_said
from app.delivery.importing.models import ImportRun
from app.delivery.importing.outcome import Action, Outcome, RowOutcome, work_out
from app.delivery.importing.queries import import_in_url
from app.delivery.importing.steps import chosen_of, finished, steps_url
from app.delivery.models import DeliveryPlan
from app.delivery.queries import plan_url
from app.delivery.routes import bp
from app.extensions import db
from app.importing import uploads
from app.importing.carrying_out import PreviewOvertaken
from app.importing.models import Upload
from app.workstreams.queries import Place

ROWS_SHOWN = 100


@bp.route("/plan/import/<uuid:import_id>/preview", methods=["GET", "POST"])
@access.needs(Right.EDIT_PLAN, import_in_url)
def import_preview(
    place: Place, upload: Upload | None, plan: DeliveryPlan | None, run: ImportRun | None
) -> ResponseReturnValue:
    """What would happen to each row; and, when that is confirmed, it happens, all or nothing."""
    if upload is None or plan is None:
        return finished(place, run)
    form = ImportForm()
    if form.validate_on_submit():
        try:
            run = applying.import_upload(
                upload_id=upload.id,
                file_name=upload.file_name,
                plan=plan,
                by=current_user,
                seen=form.seen.data or "",
            )
        except (PreviewOvertaken, EditConflict, StaleDataError):
            db.session.rollback()
            return _preview(place, upload, plan, status=409, overtaken=True)
        except Refused as refused:
            db.session.rollback()
            return _preview(place, upload, plan, status=422, refused=refused.message)
        return htmx.done(f"{place.url}/plan/imports/{run.id}", f"Imported {run.title}")
    return _preview(place, upload, plan)


@bp.post("/plan/import/<uuid:import_id>/days")
@access.needs(Right.EDIT_PLAN, import_in_url)
def import_days(
    place: Place, upload: Upload | None, plan: DeliveryPlan | None, run: ImportRun | None
) -> ResponseReturnValue:
    """Say which days words count as that name none."""
    if upload is None or plan is None:
        return finished(place, run)
    chosen, grid, _ = chosen_of(upload)
    if grid is None:
        return htmx.go_to(f"{steps_url(place, upload)}/table")
    form = days_form([p for p in work_out(plan, grid, chosen).problems if p.question])
    if form.validate_on_submit():
        upload.choices = replace(chosen, days={**chosen.days, **days_said(form)}).as_json()
        db.session.flush()
        return htmx.go_to(f"{steps_url(place, upload)}/preview")
    return _preview(place, upload, plan, status=422, days=form)


@bp.post("/plan/import/<uuid:import_id>/abandon")
@access.needs(Right.EDIT_PLAN, import_in_url)
def import_abandon(
    place: Place, upload: Upload | None, plan: DeliveryPlan | None, run: ImportRun | None
) -> ResponseReturnValue:
    """Forget the file."""
    if upload is None or plan is None:
        return finished(place, run)
    uploads.discard(upload.id)
    return htmx.done(plan_url(place, plan.id), "Import cancelled. Nothing was changed")


def _preview(
    place: Place,
    upload: Upload,
    plan: DeliveryPlan,
    *,
    status: int = 200,
    overtaken: bool = False,
    refused: str = "",
    days: Any = None,
) -> ResponseReturnValue:
    chosen, grid, _ = chosen_of(upload)
    if grid is None:
        return htmx.go_to(f"{steps_url(place, upload)}/table")
    if "what" not in chosen.columns:
        return htmx.go_to(f"{steps_url(place, upload)}/columns")
    outcome = work_out(plan, grid, chosen)
    questions = [problem for problem in outcome.problems if problem.question]
    url = f"{steps_url(place, upload)}/preview"
    pager, rows = _page(outcome, url)
    form = ImportForm(formdata=None, data={"seen": outcome.digest})
    progress, others = FIELDS.left_behind(grid, chosen)
    return htmx.render(
        "delivery/import_preview.html",
        status=status,
        place=place,
        upload=upload,
        plan=plan,
        base=plan_url(place, plan.id),
        form=form,
        days=days_form(questions, formdata=None) if days is None else days,
        questions=len(questions),
        outcome=outcome,
        counts=outcome.counts,
        actions=Action,
        rows=rows,
        pager=pager,
        grid=grid,
        progress=progress,
        others=others,
        overtaken=overtaken,
        refused=refused,
    )


def _page(outcome: Outcome, url: str) -> tuple[Page[RowOutcome], list[RowOutcome]]:
    ordered = outcome.in_order
    number = asked_page()
    if (number - 1) * ROWS_SHOWN >= len(ordered):
        number = 1
    first = (number - 1) * ROWS_SHOWN
    shown = ordered[first : first + ROWS_SHOWN]
    pager: Page[RowOutcome] = Page(
        [], number, len(ordered), ROWS_SHOWN, lambda n: f"{url}?page={n}"
    )
    return pager, shown
