"""Access loader of a survey that is being put in, and what a survey found."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from app.core.access import Loaded, User
from app.extensions import db
from app.importing import uploads
from app.indicators.models import Indicator, Measurement, SurveyRound
from app.indicators.queries import current
from app.workstreams.queries import find_place

PURPOSE = "survey"


def survey_in_url(user: User, slug: str, import_id: uuid.UUID) -> Loaded | None:
    """`…/indicators/surveys/<id>/…`: their own upload, as `upload`; or, where that is in already, None
    and the finished `survey`."""
    place = find_place(user, slug)
    if place is None:
        return None
    upload = uploads.find(user.id, import_id, PURPOSE)
    if upload is not None:
        if upload.workstream_id != place.id:
            return None
        return Loaded({"place": place, "upload": upload, "survey": None}, place.roles)
    survey = db.session.get(SurveyRound, import_id)
    if survey is None or survey.workstream_id != place.id:
        return None
    return Loaded({"place": place, "upload": None, "survey": survey}, place.roles)


def values_of(survey: SurveyRound) -> Sequence[sa.Row[Measurement, Indicator]]:
    """The values that a survey gave, as they stand now."""
    return db.session.execute(
        sa.select(Measurement, Indicator)
        .join(Indicator, Indicator.id == Measurement.indicator_id)
        .where(Measurement.survey_round_id == survey.id, current())
        .order_by(Indicator.position, Indicator.id)
    ).all()
