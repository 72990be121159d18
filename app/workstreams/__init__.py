"""The tree of workstreams, roles on them, the portfolio."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.workstreams import (  # noqa: F401  (each module adds its routes to the blueprint)
        group_routes,
        navigation,
        people_routes,
        routes,
        statement_routes,
    )
    from app.workstreams.blueprint import bp
    from app.workstreams.cli import docs
    from app.workstreams.searching import register_sources

    app.register_blueprint(bp)
    app.cli.add_command(docs)
    app.jinja_env.globals["workstream_tabs"] = navigation.tabs
    navigation.add_tab(navigation.Tab(0, "Overview", ""))
    navigation.add_tab(navigation.Tab(40, "People", "/people"))
    register_sources()
