"""Files become tables of cells: read safely, matched by their headings, kept between steps.

Knows nothing of what the tables are about: a feature that imports has its own half, as
`app/delivery/importing/` is that of plans.
"""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.importing.cli import imports_cli
    from app.importing.large_requests import register_large_requests

    app.cli.add_command(imports_cli)
    register_large_requests(app)
