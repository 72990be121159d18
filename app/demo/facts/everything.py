"""All workstreams of the demo, parents before their children."""

from app.demo.facts import (
    community_leadership,
    county_zones,
    domestic_abuse,
    female_offender,
    new_parks,
    people_zones,
    safer_neighbourhoods,
    safer_streets,
    trauma_informed,
    volunteering,
)
from app.demo.facts.shapes import WorkstreamFact

WORKSTREAMS: tuple[WorkstreamFact, ...] = (
    people_zones.PROGRAMME,
    new_parks.ZONE,
    county_zones.BELL_FOUNDRY,
    county_zones.COALVILLE,
    people_zones.FOURTH_ZONE,
    *community_leadership.WORKSTREAMS,
    *female_offender.WORKSTREAMS,
    *volunteering.WORKSTREAMS,
    *domestic_abuse.WORKSTREAMS,
    *trauma_informed.WORKSTREAMS,
    *safer_streets.WORKSTREAMS,
    *safer_neighbourhoods.WORKSTREAMS,
)
