"""Every table, imported here so that Alembic and the mappers see them."""

from app.accounts import models as accounts
from app.calendars import models as calendars
from app.cohorts.applications import models as cohort_applications
from app.cohorts.applying import models as cohort_applying
from app.cohorts.call import models as cohort_calls
from app.core import history
from app.delivery import models as delivery
from app.delivery import update_requests
from app.delivery.importing import models as delivery_importing
from app.home import models as home
from app.importing import models as importing
from app.outbox import models as outbox
from app.people_zones import models as people_zones
from app.reminders import models as reminders
from app.search import models as search
from app.workstreams import models as workstreams

__all__ = [
    "accounts",
    "calendars",
    "cohort_applications",
    "cohort_applying",
    "cohort_calls",
    "delivery",
    "delivery_importing",
    "history",
    "home",
    "importing",
    "outbox",
    "people_zones",
    "reminders",
    "search",
    "update_requests",
    "workstreams",
]
