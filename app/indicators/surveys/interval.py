"""How sure a share of a sample can be: the Wilson score interval at 95%.

It is worked out by SciPy, `scipy.stats.binomtest(…).proportion_ci(method="wilson")`. The method: E. B.
Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
Statistical Association 22 (1927), 209-212. Unlike the usual textbook interval it stays within 0 and 100
and is right for small samples too (L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for a
binomial proportion", Statistical Science 16 (2001), 101-133).
"""

from decimal import ROUND_HALF_UP, Decimal

CONFIDENCE = 0.95
SOURCE = "Wilson score interval, by SciPy (scipy.stats.binomtest)"


def wilson(numerator: int, denominator: int) -> tuple[Decimal, Decimal]:
    """The ends of the interval, in per cent to four places. `denominator` is 1 or more."""
    # Here, because loading it takes as long as a page may.
    from scipy.stats import binomtest  # type: ignore[import-untyped]

    interval = binomtest(numerator, denominator).proportion_ci(CONFIDENCE, method="wilson")
    return _per_cent(interval.low), _per_cent(interval.high)


def _per_cent(share: float) -> Decimal:
    return (Decimal(str(share)) * 100).quantize(Decimal("0.0001"), ROUND_HALF_UP)
