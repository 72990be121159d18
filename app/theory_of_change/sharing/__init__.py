"""Links by which anybody can read a map: made for somebody, shown once, revoked when it has been read."""

from flask import Flask


def register_shares(app: Flask) -> None:
    """Called by the feature's `register`."""
    from app.operations.restored import Step, after_restore
    from app.theory_of_change.sharing.routes import bp
    from app.theory_of_change.sharing.services import revoke_all

    app.register_blueprint(bp)
    after_restore(Step("links to read a map stop, and are made anew", revoke_all))
