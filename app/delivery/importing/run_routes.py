"""What an import did, and undoing it as a whole."""

from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, htmx
from app.core.forms import ButtonForm
from app.core.paging import Page, asked_page
from app.core.rights import Right
from app.delivery.importing import undoing
from app.delivery.importing.models import ImportRun
from app.delivery.importing.queries import PARTS_SHOWN, rows_of_run, run_in_url
from app.delivery.queries import plan_url
from app.delivery.routes import bp
from app.workstreams.queries import Place


@bp.get("/plan/imports/<uuid:run_id>")
@access.needs(Right.VIEW_HISTORY, run_in_url)
def import_run(place: Place, run: ImportRun) -> ResponseReturnValue:
    """What one import did, row by row."""
    total = run.added + run.changed
    number = asked_page()
    rows = rows_of_run(run, number)
    if not rows and number > 1:
        number, rows = 1, rows_of_run(run, 1)
    url = f"{place.url}/plan/imports/{run.id}"
    return htmx.render(
        "delivery/import_run.html",
        place=place,
        run=run,
        base=plan_url(place, run.plan_id),
        rows=rows,
        pager=Page([], number, total, PARTS_SHOWN, lambda n: f"{url}?page={n}"),
    )


@bp.route("/plan/imports/<uuid:run_id>/undo", methods=["GET", "POST"])
@access.needs(Right.EDIT_PLAN, run_in_url)
def undo_import(place: Place, run: ImportRun) -> ResponseReturnValue:
    """Take all of an import back, after asking."""
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving(run):
            undoing.undo_import(run=run, by=current_user)
        if not form.failed:
            return htmx.done(plan_url(place, run.plan_id), f"Undone: import of {run.title}")
    return form.show(
        "delivery/undo_import.html",
        place=place,
        run=run,
        in_the_way=[] if run.undone_at else undoing.in_the_way(run),
    )
