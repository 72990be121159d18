"""What reviewers do: read what is theirs, score it, say that they know somebody."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.cohorts.call.models import Call
from app.cohorts.call.queries import criteria_of
from app.cohorts.reviewing import queries, services
from app.cohorts.reviewing.blindness import blind_words
from app.cohorts.reviewing.blueprint import bp
from app.cohorts.reviewing.forms import ConflictForm, ReviewForm, review_form
from app.cohorts.reviewing.models import Assignment, AssignmentState, Review
from app.cohorts.reviewing.own_review import others_of, own_reviews
from app.core import access, htmx
from app.core.editing import Conflict
from app.core.rights import Right
from app.workstreams.queries import Place

_SHOWN = (AssignmentState.TO_DO, AssignmentState.DONE, AssignmentState.CONFLICT)
_PAGE, _FORM = "cohorts/reviewing/review.html", "cohorts/reviewing/_review_form.html"


@bp.get("/reviews")
@access.needs(Right.REVIEW_APPLICATIONS, queries.my_reviews_in_url, own=True)
def my_reviews(place: Place, call: Call) -> ResponseReturnValue:
    """The applications that are mine to read: to do, done, taken off for a conflict."""
    wanted = request.args.get("show")
    state = next((s for s in _SHOWN if s == wanted), AssignmentState.TO_DO)
    counts = queries.my_counts(current_user.id, place.id)
    return htmx.render(
        "cohorts/reviewing/my_reviews.html",
        place=place,
        call=call,
        state=state,
        counts=counts,
        mine=queries.my_list(current_user.id, place.id, state, getattr(counts, state.value)),
        next_id=queries.next_to_read(current_user.id, place.id),
    )


@bp.route("/reviews/<uuid:assignment_id>", methods=["GET", "POST"])
@access.needs(Right.REVIEW_APPLICATIONS, queries.my_assignment_in_url)
def review(place: Place, call: Call, assignment: Assignment) -> ResponseReturnValue:
    """One application as its reviewer sees it, beside the form of their review; once that is submitted,
    beside what they and the others said. `?change=yes` opens the form again."""
    form, draft, said = _opened(call, assignment)
    if form.validate_on_submit():
        with form.saving(assignment, fresh=lambda: _opened(call, assignment, formdata=None)[0]):
            save = services.save_draft if form.is_draft else services.submit_review
            save(assignment=assignment, version=form.version.data, words=form.words())
        if not form.failed:
            return _saved(place, assignment, form)
        _name_the_other_window(form, assignment)
    is_open = queries.is_open(assignment)
    writes = form.status != 200 or (is_open and (said is None or "change" in request.args))
    return form.show(
        _PAGE,
        _FORM,
        place=place,
        call=call,
        assignment=assignment,
        is_open=is_open,
        writes=writes,
        draft=draft,
        said=said,
        reading=queries.read_by_reviewer(call, assignment.application) if is_open else None,
        blind_words=blind_words,
        mine=own_reviews(call, assignment) if said else [],
        others=others_of(call, assignment) if said and is_open else [],
        next_id=queries.next_to_read(current_user.id, place.id, after=assignment.id),
        counts=queries.my_counts(current_user.id, place.id),
    )


def _opened(
    call: Call, assignment: Assignment, **form_args: None
) -> tuple[ReviewForm, Review | None, Review | None]:
    """The form as it was left, the draft and the review in force."""
    draft, said = queries.draft_of(assignment), queries.review_in_force(assignment)
    kept = draft or said
    words = services.words_of(kept) if kept else None
    form = review_form(criteria_of(call), assignment.version, words, **form_args)
    return form, draft, said


def _name_the_other_window(form: ReviewForm, assignment: Assignment) -> None:
    """Nobody else writes somebody's review: what is in the way was saved in another window."""
    if form.conflict:
        form.conflict = Conflict(
            "You, in another window,", assignment.saved_at, form.conflict.fields
        )


def _saved(place: Place, assignment: Assignment, form: ReviewForm) -> ResponseReturnValue:
    here = f"{place.url}/reviews/{assignment.id}"
    if form.is_draft:
        return htmx.done(here, "Draft saved. Nobody else sees it until you submit it")
    if not form.goes_on:
        return htmx.done(here, "Review submitted")
    next_id = queries.next_to_read(current_user.id, place.id, after=assignment.id)
    if next_id is None:
        return htmx.done(
            f"{place.url}/reviews", "Review submitted. You have read everything given to you"
        )
    return htmx.done(f"{place.url}/reviews/{next_id}", "Review submitted. Here is the next one")


@bp.route("/reviews/<uuid:assignment_id>/conflict", methods=["GET", "POST"])
@access.needs(Right.REVIEW_APPLICATIONS, queries.my_assignment_even_after_conflict)
def conflict(place: Place, call: Call, assignment: Assignment) -> ResponseReturnValue:
    """I know this person: taken off at once, and given to somebody else."""
    back = f"{place.url}/reviews"
    if assignment.state is AssignmentState.CONFLICT:
        return htmx.done(back, "You are not asked to read that application any more")
    form = ConflictForm()
    if form.validate_on_submit():
        with form.saving():
            services.declare_conflict(
                call=call, assignment=assignment, reason=form.reason.data or ""
            )
        if not form.failed:
            reference = assignment.application.reference
            return htmx.done(back, f"Thank you. {reference} is no longer yours to read")
    return form.show(
        "cohorts/reviewing/conflict.html", place=place, call=call, assignment=assignment
    )
