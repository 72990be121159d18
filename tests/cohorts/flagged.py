"""What of cohorts needs somebody, of some kinds."""

from datetime import date

from app.accounts.models import User
from app.cohorts.flags import cohort_flags
from app.core.flags import Flag, Kind


def flagged(user: User, today: date, *kinds: Kind) -> list[Flag]:
    """Their flags of these kinds, in no order."""
    return [flag for flag in cohort_flags(user, today) if flag.kind in kinds]
