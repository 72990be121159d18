"""The call for applications: places, window, who can apply, what they are asked, how they are scored."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts.call.answering import shown_as

    app.jinja_env.globals["question_shown_as"] = shown_as
