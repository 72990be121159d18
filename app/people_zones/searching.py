"""What search finds of a People Zone beyond other workstreams: its area, where its money comes from."""

from app.core.searching import Source, add_source
from app.people_zones.models import ZoneFunding, ZoneProfile


def register_sources() -> None:
    """Called once by the feature's `register`."""
    add_source(
        Source(
            "area",
            "Area of a People Zone",
            "Areas of People Zones",
            15,
            ZoneProfile,
            title=ZoneProfile.area,
            path=lambda row: "/zone#area",
            live=(ZoneProfile.area != "",),
        )
    )
    add_source(
        Source(
            "funding",
            "Funding",
            "Funding",
            38,
            ZoneFunding,
            title=ZoneFunding.source,
            path=lambda row: "/zone#funding",
            live=(ZoneFunding.source != "",),
        )
    )
