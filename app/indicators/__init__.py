"""Indicators: a defined measure with its baseline and targets, and the dated values of it."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.core.flags import add_provider
    from app.indicators.flags import KINDS, indicator_flags
    from app.indicators.navigation import pages
    from app.indicators.routes import bp
    from app.indicators.searching import register_sources
    from app.indicators.sentences import aim_in_words, baseline_words
    from app.workstreams.navigation import Tab, add_tab

    app.register_blueprint(bp)
    add_tab(Tab(22, "Indicators", "/indicators"))
    add_provider("indicators", KINDS, indicator_flags)
    register_sources()
    app.jinja_env.globals |= {
        "indicator_pages": pages,
        "aim_in_words": aim_in_words,
        "baseline_words": baseline_words,
    }
