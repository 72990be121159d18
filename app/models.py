"""Every table, imported here so that Alembic and the mappers see them."""

from app.accounts import models as accounts
from app.calendars import models as calendars
from app.cohorts.applications import models as cohort_applications
from app.cohorts.applications.importing import models as cohort_applicant_imports
from app.cohorts.applying import models as cohort_applying
from app.cohorts.call import models as cohort_calls
from app.cohorts.decisions import models as cohort_decisions
from app.cohorts.interviews import models as cohort_interviews
from app.cohorts.inviting import models as cohort_inviting
from app.cohorts.network import models as cohort_network
from app.cohorts.participants import models as cohort_participants
from app.cohorts.personal_data import models as cohort_personal_data
from app.cohorts.reviewing import models as cohort_reviewing
from app.cohorts.sessions import models as cohort_sessions
from app.core import history
from app.delivery import models as delivery
from app.delivery import update_requests
from app.delivery.importing import models as delivery_importing
from app.evaluation import models as evaluation
from app.home import models as home
from app.importing import models as importing
from app.indicators import models as indicators
from app.indicators.importing import models as indicator_imports
from app.outbox import models as outbox
from app.people_zones import models as people_zones
from app.reminders import models as reminders
from app.search import models as search
from app.theory_of_change import models as theory_of_change
from app.workstreams import models as workstreams

__all__ = [
    "accounts",
    "calendars",
    "cohort_applicant_imports",
    "cohort_applications",
    "cohort_applying",
    "cohort_calls",
    "cohort_decisions",
    "cohort_interviews",
    "cohort_inviting",
    "cohort_network",
    "cohort_participants",
    "cohort_personal_data",
    "cohort_reviewing",
    "cohort_sessions",
    "delivery",
    "delivery_importing",
    "evaluation",
    "history",
    "home",
    "importing",
    "indicator_imports",
    "indicators",
    "outbox",
    "people_zones",
    "reminders",
    "search",
    "theory_of_change",
    "update_requests",
    "workstreams",
]
