"""Mail, as rows written with their cause and sent afterwards."""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.operations.readings import Reading, add_reading
    from app.operations.restored import Step, after_restore
    from app.outbox import cli, queries, routes, services

    app.register_blueprint(routes.bp)
    app.cli.add_command(cli.outbox)
    add_reading(
        Reading("waymark_outbox_messages", "Mail not sent", queries.unsent_by_status, "status")
    )
    add_reading(
        Reading(
            "waymark_outbox_oldest_due_seconds",
            "How long the message has waited that has been due the longest; 0 when none is",
            queries.longest_due_seconds,
        )
    )
    after_restore(Step("mail that waited is held, not sent again", services.hold_unsent))
