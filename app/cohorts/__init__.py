"""Community Leadership cohorts: from the call for applications to the Leaders Network.

Each folder is one part of a person's way. They stand on one another in this order:

    figures | personal_data                    counts everything; erases everything
    network
    participants
    sessions
    decisions
    interviews | reviewing
    applying                                   what members of the public do, by links
    inviting
    applications                               who applied, and every move from stage to stage
    call                                       what is asked, when, and how it is scored

What points the other way is registered, as between features: `applications.panels.add_panel`,
`applications.moving.on_move`, `applying.own_panels.add_panel`, `navigation.add_page`; and
commands, at `commands.cohorts`.
"""

from flask import Flask


def register(app: Flask) -> None:
    """Called once by `create_app`."""
    from app.cohorts import (
        applications,
        applying,
        call,
        commands,
        decisions,
        figures,
        interviews,
        inviting,
        navigation,
        network,
        participants,
        personal_data,
        reviewing,
        sessions,
    )

    app.cli.add_command(commands.cohorts)
    app.jinja_env.globals["cohort_pages"] = navigation.pages
    for part in (
        call,
        applications,
        inviting,
        applying,
        reviewing,
        interviews,
        decisions,
        sessions,
        participants,
        network,
        figures,
        personal_data,
    ):
        part.register(app)
