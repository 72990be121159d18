"""The sessions of a cohort: when, where, who runs them, and the register taken at the door."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once, by `app.cohorts.register`."""
    from app.cohorts.flags import add_provider
    from app.cohorts.navigation import Page, Workplace, add_page, add_workplace
    from app.cohorts.sessions import register_routes  # noqa: F401  (routes of the same blueprint)
    from app.cohorts.sessions.dates import dates_of_cohorts
    from app.cohorts.sessions.flags import ABSENCES, REGISTER_KINDS, absence_flags, register_flags
    from app.cohorts.sessions.routes import bp
    from app.core.rights import Right
    from app.delivery.outside_dates import add_source
    from app.workstreams.models import MemberRole, WorkstreamKind

    app.register_blueprint(bp)
    add_page("/participants", Page(10, "Sessions", "/sessions", Right.MANAGE_PARTICIPANTS))
    add_workplace(MemberRole.FACILITATOR, Workplace("Sessions", "/sessions"))
    add_provider("registers", REGISTER_KINDS, register_flags)
    add_provider("absences", [ABSENCES], absence_flags)
    add_source(WorkstreamKind.COHORT, dates_of_cohorts)
