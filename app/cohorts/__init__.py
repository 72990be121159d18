"""Community Leadership cohorts: from the call for applications to the Leaders Network.

Each folder is one part of a person's way: `call` (what is asked, and when), `applications` (who
applied, and how far they have come), and what stands on them.
"""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.cohorts import navigation

    app.jinja_env.globals["cohort_pages"] = navigation.pages
