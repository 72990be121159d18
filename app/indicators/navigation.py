"""The pages beside one another under the tab "Indicators"."""

from app.core.rights import Right
from app.workstreams.queries import Place


def pages(place: Place) -> list[tuple[str, str]]:
    """(label, URL) of those that the reader may open, in order."""
    base = f"{place.url}/indicators"
    found = [("Indicators", base)]
    if place.can(Right.MEASURE, assigned=True):
        found.append(("Due", f"{base}/due"))
    if place.can(Right.APPROVE_MEASUREMENT):
        found.append(("To approve", f"{base}/approvals"))
    return [*found, ("Surveys", f"{base}/surveys")]
