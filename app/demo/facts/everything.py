"""All workstreams of the demo, parents before their children."""

from app.demo.facts import (
    community_leadership,
    domestic_abuse,
    female_offender,
    people_zones,
    safer_neighbourhoods,
    safer_streets,
    trauma_informed,
    volunteering,
)
from app.demo.facts.shapes import WorkstreamFact

WORKSTREAMS: tuple[WorkstreamFact, ...] = (
    *people_zones.WORKSTREAMS,
    *community_leadership.WORKSTREAMS,
    *female_offender.WORKSTREAMS,
    *volunteering.WORKSTREAMS,
    *domestic_abuse.WORKSTREAMS,
    *trauma_informed.WORKSTREAMS,
    *safer_streets.WORKSTREAMS,
    *safer_neighbourhoods.WORKSTREAMS,
)
