"""The filter of a list of applicants, kept in the URL so that it can be sent to somebody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from app.cohorts.age_bands import AgeBand
from app.cohorts.applications import finding
from app.cohorts.applications.models import Application, Entered, Source
from app.cohorts.applications.stages import Stage
from app.cohorts.areas import Area

ADJUSTMENTS = (("yes", "Has said what would help them"),)


@dataclass(frozen=True)
class ApplicantFilter:
    """Each field is as in the URL; empty means all. Values that mean nothing are dropped when read.

    Without a stage it is about everybody who sent their application in: those who have not are a list
    of their own.
    """

    stage: str = ""
    q: str = ""
    area: str = ""
    age: str = ""
    source: str = ""
    entered: str = ""
    adjustments: str = ""
    sort: str = ""

    SORTS = (
        ("", "Submitted, newest first"),
        ("oldest", "Submitted, oldest first"),
        ("name", "Name"),
        ("age", "Age, youngest first"),
        ("area", "Area"),
        ("stage", "Stage"),
    )

    @classmethod
    def read(cls, args: "MultiDict[str, str] | Mapping[str, str]") -> "ApplicantFilter":
        """From a query string."""
        values = {field.name: str(args.get(field.name, "")).strip() for field in fields(cls)}
        for name, allowed in _ALLOWED.items():
            if values[name] not in allowed:
                values[name] = ""
        values["q"] = " ".join(values["q"].split())[: finding.LONGEST_QUERY]
        return cls(**values)

    @property
    def query(self) -> dict[str, str]:
        """Only what is set, for building URLs."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name))}

    def suffix(self, **other: str) -> str:
        """What goes behind an address: "?stage=submitted", "" for none. `other` values come instead."""
        # In the order of the fields, so that one list has one address.
        every = {**dict.fromkeys(field.name for field in fields(self)), **self.query, **other}
        query = {name: value for name, value in every.items() if value}
        return f"?{urlencode(query)}" if query else ""

    def chip_urls(self, base: str) -> list[tuple[str, str]]:
        """(what is filtered by, the list without it); the stage has tabs of its own, and sorting hides
        nobody."""
        return [
            (words(self), base + self.suffix(**{name: ""}))
            for name, words in _WORDS.items()
            if getattr(self, name)
        ]

    def conditions(self, *, any_stage: bool = False) -> list[sa.ColumnElement[bool]]:
        """As SQL on Application; with `any_stage` as if none had been chosen, drafts included."""
        chosen: list[sa.ColumnElement[bool]] = []
        if self.stage and not any_stage:
            chosen.append(Application.stage == Stage(self.stage))
        elif not any_stage:
            chosen.append(Application.stage != Stage.DRAFT)
        if self.area:
            chosen.append(Application.area == Area(self.area))
        if self.age:
            chosen.append(AgeBand(self.age).holds(Application.age))
        if self.source:
            chosen.append(Application.source == Source(self.source))
        if self.entered:
            chosen.append(Application.entered == Entered(self.entered))
        if self.adjustments:
            chosen.append(Application.adjustments != "")
        return [*chosen, *finding.matches(self.q)]

    @property
    def order(self) -> tuple[Any, ...]:
        """As SQL; the last is the id, so that no two are alike."""
        return _ORDERS[self.sort]


_ALLOWED: dict[str, set[str]] = {
    "stage": {*Stage},
    "area": {*Area},
    "age": {*AgeBand},
    "source": {*Source},
    "entered": {*Entered},
    "adjustments": {value for value, _ in ADJUSTMENTS},
    "sort": {value for value, _ in ApplicantFilter.SORTS},
}

_WORDS: dict[str, Callable[[ApplicantFilter], str]] = {
    "q": lambda wanted: f"Found by: {wanted.q}",
    "area": lambda wanted: f"Area: {Area(wanted.area).label}",
    "age": lambda wanted: f"Age: {AgeBand(wanted.age).label.lower()}",
    "source": lambda wanted: f"Heard from: {Source(wanted.source).label}",
    "entered": lambda wanted: f"Came: {Entered(wanted.entered).label.lower()}",
    "adjustments": lambda _: "Needs adjustments",
}

_NEWEST = (Application.submitted_at.desc().nulls_last(), Application.id.desc())
_STAGES = sa.case({stage.value: at for at, stage in enumerate(Stage)}, value=Application.stage)
_ORDERS: dict[str, tuple[Any, ...]] = {
    "": _NEWEST,
    "oldest": (Application.submitted_at.asc().nulls_last(), Application.id),
    "name": (Application.found_by, Application.id),
    "age": (Application.age.asc().nulls_last(), *_NEWEST),
    "area": (Application.area.asc().nulls_last(), *_NEWEST),
    "stage": (_STAGES, *_NEWEST),
}
