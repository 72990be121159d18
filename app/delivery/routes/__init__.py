"""URLs of delivery plans: `/workstreams/<slug>/plan` is the one worked to now, `/plans/<id>` any other."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint

View = TypeVar("View", bound=Callable[..., Any])

bp = Blueprint("delivery", __name__, url_prefix="/workstreams/<slug:slug>")
settings_bp = Blueprint("delivery_settings", __name__, url_prefix="/admin/settings")


def of_plan(
    path: str, *, methods: tuple[str, ...] = ("GET",), on: Blueprint = bp
) -> Callable[[View], View]:
    """Route a view of one plan: `/plan<path>` is about the plan worked to now, `/plans/<id><path>`
    about any. Goes above the access rule, whose loader takes `plan_id` (`queries.plan_in_url` does).
    A feature above this one gives its own blueprint, which has the same `url_prefix`.
    """

    def add(view: View) -> View:
        for start in ("/plan", "/plans/<uuid:plan_id>"):
            on.add_url_rule(start + path, view_func=view, methods=methods)
        return view

    return add


from app.delivery.routes import (  # noqa: E402
    activities,
    agreement,
    asking,
    exports,
    milestones,
    plan,
    progress,
    settings,
    timeline,
    waits_for,
)

__all__ = [
    "activities",
    "agreement",
    "asking",
    "bp",
    "exports",
    "milestones",
    "of_plan",
    "plan",
    "progress",
    "settings",
    "settings_bp",
    "timeline",
    "waits_for",
]
