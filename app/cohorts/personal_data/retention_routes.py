"""How long personal data are kept: what would go and why, what will be next, and the periods."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.cohorts.personal_data import queries, retention, services
from app.cohorts.personal_data.categories import CATEGORIES, Category
from app.cohorts.personal_data.forms import RuleForm
from app.cohorts.personal_data.models import Kept
from app.cohorts.personal_data.routes import bp
from app.core import access, htmx
from app.core.paging import asked_page
from app.core.rights import Right

LIST = "/admin/retention"


@bp.get(LIST)
@access.needs(Right.MANAGE_PERSONAL_DATA)
def retention_periods() -> ResponseReturnValue:
    """Every kind of data, for how long it is kept, how much is due and when there is more."""
    last = retention.last_run()
    gone = last.gone if last else {}
    return render_template(
        "cohorts/personal_data/retention_periods.html",
        standings=retention.standings(),
        last=last,
        gone=[(CATEGORIES[Kept(kept)].within, count) for kept, count in gone.items()],
    )


@bp.get(f"{LIST}/<slug:category>")
@access.needs(Right.MANAGE_PERSONAL_DATA, queries.category_in_url)
def retention_due(category: Category) -> ResponseReturnValue:
    """What would go, and why."""
    standing = retention.standing_of(category)
    return render_template(
        "cohorts/personal_data/retention_due.html",
        standing=standing,
        page=retention.due_of(standing, asked_page()),
    )


@bp.route(f"{LIST}/<slug:category>/edit", methods=["GET", "POST"])
@access.needs(Right.MANAGE_PERSONAL_DATA, queries.category_in_url)
def edit_retention(category: Category) -> ResponseReturnValue:
    """Change a period, or what happens after it."""
    rule = retention.rule_of(category)
    form = _form(category, obj=rule)
    if form.validate_on_submit():
        with form.saving(rule, fresh=lambda: _form(category, formdata=None, obj=rule)):
            services.save_rule(
                category=category,
                version=form.version.data,
                months=form.months.data,
                action=form.action.data,
            )
        if not form.failed:
            return htmx.done(LIST, "Period saved")
    return form.show(
        "cohorts/personal_data/edit_retention.html", standing=retention.standing_of(category)
    )


def _form(category: Category, **values: object) -> RuleForm:
    form = RuleForm(**values)
    form.action.choices = [(action.value, action.label) for action in category.actions]
    return form
