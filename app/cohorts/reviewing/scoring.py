"""How scores are counted: the one place that knows.

A review's total is the mean of its scores, each counted as often as its criterion weighs, to the
nearest hundredth, half up. What an application has is the mean of its reviews' totals, likewise: what
a page shows is what is counted, so two that look the same are a tie. `standing.py` says the same to
the database, in whole hundredths, and a test holds the two together.
"""

import math
import statistics
import uuid
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from app.cohorts.reviewing.models import Recommendation

# Reviewers disagree when one says yes and another no, or when their totals are this far apart.
FAR_APART = Decimal("1.5")


def weighted_mean(
    scores: Mapping[uuid.UUID, int], weights: Mapping[uuid.UUID, int]
) -> Decimal | None:
    """The total of one review, from 1 to 5. Counts the criteria that have both a score and a weight;
    None where there is none."""
    counted = scores.keys() & weights.keys()
    if not counted:
        return None
    weighed = sum(scores[criterion] * weights[criterion] for criterion in counted)
    return _to_hundredths(Fraction(weighed, sum(weights[criterion] for criterion in counted)))


def mean(totals: Sequence[Decimal]) -> Decimal | None:
    """The mean of several reviews' totals; None of none."""
    return _to_hundredths(Fraction(statistics.mean(totals))) if totals else None


def spread(totals: Sequence[Decimal]) -> Decimal | None:
    """How far the highest total is from the lowest; None of fewer than two."""
    return max(totals) - min(totals) if len(totals) > 1 else None


def deviation(totals: Sequence[Decimal]) -> Decimal | None:
    """The standard deviation of the totals, as of all there are; None of fewer than two."""
    if len(totals) < 2:
        return None
    return _to_hundredths(Fraction(statistics.pstdev(totals)))


def disagreement(
    totals: Sequence[Decimal], recommendations: Collection[Recommendation]
) -> str | None:
    """In what reviewers disagree, in words; None when they do not."""
    apart = spread(totals)
    said = []
    if {Recommendation.YES, Recommendation.NO} <= set(recommendations):
        said.append("one says yes and another no")
    if apart is not None and apart >= FAR_APART:
        said.append(f"their totals are {apart} apart")
    return " and ".join(said) or None


def _to_hundredths(value: Fraction) -> Decimal:
    return Decimal(math.floor(value * 100 + Fraction(1, 2))).scaleb(-2)
