"""`flask cohorts …`: what a scheduler does for cohorts. A part adds its command when it registers."""

from flask.cli import AppGroup

cohorts = AppGroup("cohorts", help="What cohorts do by themselves, when the time has come.")
