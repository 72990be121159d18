"""People, organisations, and how they sign in."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.accounts import blueprint, cli, work_account
    from app.accounts.authentication import register_authentication
    from app.accounts.second_factor import register_second_factor
    from app.accounts.sessions import register_sessions
    from app.accounts.signed_out import register_signed_out
    from app.accounts.throttling import register_throttling

    register_authentication(app)
    register_sessions(app)
    register_signed_out(app)
    register_throttling(app)
    register_second_factor(app)
    work_account.register(app)
    app.register_blueprint(blueprint.bp)
    app.cli.add_command(cli.accounts)
