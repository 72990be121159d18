"""Who changed what, when, from what to what; undo, and earlier wordings put back."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.history.commands import commands
    from app.history.routes import bp
    from app.workstreams.navigation import Tab, add_tab

    app.register_blueprint(bp)
    app.cli.add_command(commands)
    add_tab(Tab(50, "History", "/history"))
