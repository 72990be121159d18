"""How indicators stand, for what is above them: maps, evidence, board papers."""

import uuid
from collections.abc import Iterable

from app.core import clock
from app.indicators.models import Indicator
from app.indicators.standings import Standing, standings

__all__ = ["Standing", "standing_of"]


def standing_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Standing]:
    """By id: the latest value, the target and the sentence, in words, and the state. Three queries,
    however many; none for nothing.

    What is too small to be shown is hidden in these words already. Rights are the caller's: it has
    indicators of a workstream that the reader may see.
    """
    wanted = list(ids)
    if not wanted:
        return {}
    found = standings(Indicator.id.in_(wanted), clock.today())
    return {one.indicator.id: one for one in found}
