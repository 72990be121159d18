"""`flask cohorts …`: what a scheduler does for cohorts. Each part adds its command when it registers."""

from flask.cli import AppGroup

cohorts = AppGroup("cohorts", help="What is done for cohorts as time passes.")
