"""The pages that every form has, for the preview of a call: about the applicant, and the last things."""

from app.cohorts.applications.models import Application
from app.cohorts.applying.about_steps import about_steps, last_steps
from app.cohorts.applying.forms import MonitoringForm
from app.cohorts.applying.step import Draft, Step
from app.cohorts.call.models import Call
from app.cohorts.call.preview import CONDITIONS, QUESTIONS, PreviewPage, add_pages


def register_pages() -> None:
    """Put them around the call's own conditions and questions."""
    add_pages(CONDITIONS - 1, lambda _place, call: _pages(about_steps(_nobodys(call))))
    add_pages(
        QUESTIONS + 1, lambda _place, call: [*_pages(last_steps(_nobodys(call))), _equality()]
    )


def _nobodys(call: Call) -> Draft:
    """An application that nobody writes and that is never saved."""
    return Draft(call, Application(), conditions=[], questions=[])


def _pages(steps: list[Step]) -> list[PreviewPage]:
    return [_page(step) for step in steps]


def _page(step: Step) -> PreviewPage:
    form = step.form()
    return PreviewPage(
        form["answer"].label.text,
        "cohorts/applying/_previewed_step.html",
        {"form": form, "step": step},
    )


def _equality() -> PreviewPage:
    return PreviewPage(
        "Whom we reach: seven optional questions",
        "cohorts/applying/_previewed_equality.html",
        {"form": MonitoringForm(formdata=None)},
    )
