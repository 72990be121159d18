"""A map as a picture, made on the server: `columns` (the order in each column, by igraph), `layout` (how
wide and high, and where each line runs), `picture` (the SVG). They are pure and work from a `TheMap`
alone; `on_page` reads from a page's address which lens and which step are meant.
"""

from flask import Flask


def register_drawing(app: Flask) -> None:
    """Called by the feature's `register`."""
    from app.theory_of_change.drawing.on_page import shown
    from app.theory_of_change.holding import how_far
    from app.theory_of_change.lenses import register_lenses

    # A map stands on several pages and in fragments of them: each draws it for itself.
    app.jinja_env.globals["map_drawing"] = shown
    app.jinja_env.globals["how_far"] = how_far
    register_lenses()
