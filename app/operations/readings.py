"""Figures that are looked up when somebody asks for the metrics: how much mail waits, who is signed in.

A feature adds its own when it registers. Each is one bounded query.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """`read` gives a value for each value of `label`; under "" when there is no label."""

    name: str
    words: str
    read: Callable[[], Mapping[str, float]]
    label: str = ""


_READINGS: dict[str, Reading] = {}


def add_reading(reading: Reading) -> None:
    """Add a figure to the metrics."""
    _READINGS[reading.name] = reading


def readings() -> list[Reading]:
    """Every figure, by name."""
    return [_READINGS[name] for name in sorted(_READINGS)]
