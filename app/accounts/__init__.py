"""People, organisations, and how they sign in."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.accounts import blueprint, cli, sessions, work_account
    from app.accounts.authentication import register_authentication
    from app.accounts.second_factor import register_second_factor
    from app.accounts.sessions import register_sessions
    from app.accounts.signed_out import register_signed_out
    from app.accounts.throttling import register_throttling
    from app.operations.readings import Reading, add_reading
    from app.operations.restored import Step, after_restore

    register_authentication(app)
    register_sessions(app)
    register_signed_out(app)
    register_throttling(app)
    register_second_factor(app)
    work_account.register(app)
    app.register_blueprint(blueprint.bp)
    app.cli.add_command(cli.accounts)
    add_reading(Reading("waymark_sign_ins_open", "Browsers signed in", sessions.all_open))
    after_restore(Step("everybody is signed out", sessions.end_everybodys))
