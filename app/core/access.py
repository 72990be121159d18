"""The access rule of each route: exactly one, declared on the view, enforced before it runs.

    @bp.get("/workstreams/<slug:slug>/plan")
    @access.needs(Right.VIEW_WORKSTREAM, workstream_in_url)
    def plan(place): ...

A loader turns the URL's values into what the view works on. It looks only among what the user may
see, so a thing that is hidden from them and a thing that does not exist give the same 404.

For people without an account, the link they were sent is what lets them in:

    @bp.get("/digest/stop/<token>")
    @access.by_link(person_of_token)
    def stop(person): ...
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from flask import Flask, Response, abort, after_this_request, current_app, request
from flask_login import current_user

from app.core.errors import Forbidden
from app.core.rights import GLOBAL_RIGHTS, Decision, Right, Role, decide
from app.extensions import csrf

View = TypeVar("View", bound=Callable[..., Any])


class User(Protocol):
    """What the access rules need to know of a user."""

    id: uuid.UUID

    @property
    def global_roles(self) -> frozenset[Role]: ...


@dataclass(frozen=True)
class Loaded:
    """What a loader found: the view's arguments, and the user's standing towards it.

    `right` is for a route on which each kind of thing asks for a right of its own: it is asked
    instead of the route's. `hidden` is a thing that only those who may do this know to be there: for
    anybody else it is 404, not 403.
    """

    view_args: Mapping[str, Any]
    roles: frozenset[Role] = frozenset()
    assigned: bool = False
    right: Right | None = None
    hidden: bool = False


Loader = Callable[..., Loaded | None]


@dataclass(frozen=True)
class Rule:
    """Who may call a view. `anyone` and `right` both unset means: anyone who is signed in; `anyone`
    with a loader: anyone who has the link that it knows.

    `own`: the page shows somebody only what is assigned to them, so it is theirs to open even while
    nothing is. `one_click` says that POST needs no CSRF token.
    """

    anyone: bool = False
    right: Right | None = None
    load: Loader | None = field(default=None, compare=False)
    own: bool = False
    one_click: bool = False


PUBLIC = Rule(anyone=True)
SIGNED_IN = Rule()


def _declare(view: View, rule: Rule) -> View:
    if hasattr(view, "access_rule"):
        raise RuntimeError(f"{view.__name__} has two access rules.")
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anyone, signed in or not."""
    return _declare(view, PUBLIC)


def signed_in(view: View) -> View:
    """Anyone who is signed in; the view itself shows them only what is theirs."""
    return _declare(view, SIGNED_IN)


def needs(right: Right, load: Loader | None = None, *, own: bool = False) -> Callable[[View], View]:
    """Only those whom `app.core.rights.MATRIX` gives `right` on what `load` finds.

    `load(user, **url_values)` returns a `Loaded`, or None for "no such thing for you" (404). A right
    over the whole installation is asked for before anything is loaded, and needs no loader.

    `own` is for the list of what is assigned to whoever asks ("my applications to read"): it opens to
    everybody who has the right over what is assigned to them.
    """
    if load is None and right not in GLOBAL_RIGHTS:
        raise RuntimeError(f"A right over a workstream needs a loader: {right!r}.")
    return lambda view: _declare(view, Rule(right=right, load=load, own=own))


def by_link(load: Loader, *, one_click: bool = False) -> Callable[[View], View]:
    """Whoever has the link, signed in or not.

    `load(token=…)` gets the URL's values, no user. It checks the token and returns a `Loaded`, or None
    for "no such link" (404): made up, run out, for another purpose. The answer is not kept by a
    browser or proxy, unless the view says how.

    `one_click`: a POST needs the token in the URL and nothing else, no session and no CSRF token,
    because a mail client sends it (RFC 8058). Only for what does no harm when it is repeated. This
    is the one place where the CSRF check is waived.
    """

    def declare(view: View) -> View:
        if one_click:
            csrf.exempt(view)
        return _declare(view, Rule(anyone=True, load=load, one_click=one_click))

    return declare


def declare_for_extension(app: Flask, endpoint: str, rule: Rule) -> None:
    """The rule of a view that an extension owns and that we cannot decorate."""
    app.extensions.setdefault("waymark_access_rules", {})[endpoint] = rule


def rule_of(endpoint: str) -> Rule | None:
    """The rule declared for an endpoint, if any."""
    declared: Rule | None = getattr(current_app.view_functions.get(endpoint), "access_rule", None)
    return declared or current_app.extensions.get("waymark_access_rules", {}).get(endpoint)


def register_access(app: Flask) -> None:
    """Enforce the rules before every view."""
    declare_for_extension(app, "static", PUBLIC)
    app.before_request(enforce)


def enforce() -> Any:
    """Deny by default; load, then decide."""
    if request.endpoint is None:
        return None  # an unknown URL: the router's own 404 or 405 follows
    rule = rule_of(request.endpoint)
    if rule is None:
        raise RuntimeError(f"{request.endpoint} has no access rule.")
    if rule.anyone:
        return _open_link(rule.load) if rule.load else None
    if not current_user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if rule.right is None:
        return None
    if rule.right in GLOBAL_RIGHTS:
        _demand(decide(rule.right, current_user.global_roles))
    if rule.load is None:
        return None
    loaded = rule.load(current_user, **(request.view_args or {}))
    if loaded is None:
        abort(404)
    decision = decide(
        loaded.right or rule.right, loaded.roles, assigned=loaded.assigned or rule.own
    )
    if loaded.hidden and not decision:
        abort(404)
    request.view_args = dict(loaded.view_args)
    _demand(decision)
    return None


def _open_link(load: Loader) -> None:
    after_this_request(_keep_nowhere)
    loaded = load(**(request.view_args or {}))
    if loaded is None:
        abort(404)
    request.view_args = dict(loaded.view_args)


def _keep_nowhere(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _demand(decision: Decision) -> None:
    if not decision:
        raise Forbidden(decision.reason)
