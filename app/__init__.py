"""Waymark: community programmes, run together."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import config
from app.core.unit_of_work import UnitOfWorkFlask


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application, set up from the environment; `overrides` are for tests."""
    app = UnitOfWorkFlask(__name__)
    app.config.update(config.load() if overrides is None else {**config.load(), **overrides})
    _register_proxies(app)
    _register_database(app)
    _register_core(app)
    _register_features(app)
    return app


def _register_proxies(app: Flask) -> None:
    hops = app.config["PROXIES"]
    if hops:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def _register_database(app: Flask) -> None:
    from app import models  # noqa: F401  (every table must be known to the mappers)
    from app.core.database import configure_engines
    from app.extensions import db, migrate

    app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(config.ROOT / "migrations"), render_as_batch=True)
    with app.app_context():
        configure_engines(app, list(db.engines.values()))


def _register_core(app: Flask) -> None:
    from app.core import health, urls
    from app.core.access import register_access
    from app.core.assets import register_assets
    from app.core.errors import register_errors
    from app.core.formatting import register_formatting
    from app.core.htmx import register_htmx
    from app.core.logs import register_logs
    from app.core.observing import register_observing
    from app.core.responses import register_responses
    from app.core.security_headers import register_security_headers
    from app.core.templating import register_templating
    from app.core.unavailable import register_unavailable
    from app.extensions import csrf, htmx, wtforms_helpers

    register_logs(app)
    register_observing(app)
    htmx.init_app(app)
    csrf.init_app(app)
    wtforms_helpers.init_app(app)
    urls.register_urls(app)
    register_templating(app)
    register_formatting(app)
    register_assets(app)
    register_security_headers(app)
    register_responses(app)
    register_htmx(app)
    register_errors(app)
    register_unavailable(app)
    app.register_blueprint(health.bp)
    register_access(app)


def _register_features(app: Flask) -> None:
    from app import (
        accounts,
        calendars,
        cohorts,
        delivery,
        demo,
        evaluation,
        history,
        home,
        importing,
        indicators,
        operations,
        outbox,
        people_zones,
        portfolio,
        reminders,
        search,
        theory_of_change,
        versions,
        workstreams,
    )

    for feature in (
        operations,
        accounts,
        outbox,
        workstreams,
        importing,
        people_zones,
        delivery,
        history,
        cohorts,
        indicators,
        theory_of_change,
        evaluation,
        versions,
        portfolio,
        calendars,
        home,
        reminders,
        search,
        demo,
    ):
        feature.register(app)
