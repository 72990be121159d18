"""What the cells of one row mean: an application, or what is wrong with them, in words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from werkzeug.datastructures import MultiDict

from app.cohorts.applications.entering import Entry
from app.cohorts.applications.fact_fields import LONGEST_ADJUSTMENTS, check_birth, email_or_none
from app.cohorts.applications.importing.choices import CONDITION, QUESTION, Choices
from app.cohorts.applications.models import Entered, Source
from app.cohorts.areas import Area
from app.cohorts.call.answering import answer_form, read_answer, value_of
from app.cohorts.call.models import EligibilityCondition, Question, QuestionKind
from app.core import clock
from app.core.dates_field import read_day
from app.importing.carrying_out import Problem
from app.importing.grids import EMPTY, Cell, Grid, Row, normalised

_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})
_AREAS = {normalised(name): area for area in Area for name in (area.label, area.value)}
_AREAS |= {"leicester city": Area.LEICESTER, "hinckley & bosworth": Area.HINCKLEY_AND_BOSWORTH,
           "nw leicestershire": Area.NORTH_WEST_LEICESTERSHIRE, "oadby & wigston": Area.OADBY_AND_WIGSTON,
           "other": Area.ELSEWHERE}  # fmt: skip
_COUNCIL = re.compile(r"\s+(?:borough|district|city|county)?\s*council$")
_SOURCES = {normalised(name): s for s in Source for name in (s.label, s.value.replace("_", " "))}
# A birthday as the number that Excel keeps of a day: from 1900 to 2100, without a year written alone.
_FIRST_SERIAL, _LAST_SERIAL = 2_200, 73_415


@dataclass
class Values:
    """What a row says, as `Entry` takes it; and what is wrong with it."""

    facts: dict[str, Any] = field(default_factory=dict)
    eligibility: dict[str, bool] = field(default_factory=dict)
    answers: list[tuple[Question, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def entry(self) -> Entry:
        """Only where there are no problems."""
        return Entry(
            entered=Entered.IMPORTED,
            eligibility=self.eligibility,
            answers=self.answers,
            **self.facts,
        )


class Reader:
    """Reads the rows of one table."""

    def __init__(
        self,
        grid: Grid,
        headings: Sequence[str],
        choices: Choices,
        questions: Sequence[Question],
        conditions: Sequence[EligibilityCondition],
    ) -> None:
        self._grid, self._headings, self._choices = grid, headings, choices
        self._questions = [q for q in questions if f"{QUESTION}{q.id}" in choices.columns]
        self._conditions = [c for c in conditions if f"{CONDITION}{c.id}" in choices.columns]
        # A form is built once for a question, not once for each of its thousands of cells.
        self._forms = {question.id: type(answer_form(question)) for question in self._questions}
        self._said: dict[tuple[Any, str], list[str] | str] = {}

    def read(self, row: Row) -> Values:
        """What a row says."""
        values = Values()
        for key in self._choices.columns:
            if problem := self._cell(row, key).problem:
                values.problems.append(self._problem(row, key, f"this cell {problem}"))
        if values.problems:
            return values
        self._facts(row, values)
        for condition in self._conditions:
            self._condition(row, condition, values)
        for question in self._questions:
            self._answer(row, question, values)
        return values

    def _cell(self, row: Row, key: str) -> Cell:
        column = self._choices.columns.get(key)
        return EMPTY if column is None else row.cell(column)

    def _problem(self, row: Row, key: str, words: str) -> Problem:
        column = self._choices.columns.get(key)
        if column is None:
            return Problem(f"{self._grid.name}, row {row.number}", words)
        heading = self._headings[column] if column < len(self._headings) else ""
        return Problem(self._grid.place(row, column, heading), words)

    def _line(self, row: Row, key: str, values: Values, most: int) -> str:
        """The text of a cell on one line."""
        text = " ".join(self._cell(row, key).text.split())
        if len(text) > most:
            self._too_long(row, key, values, text, most)
        return text

    def _too_long(self, row: Row, key: str, values: Values, text: str, most: int) -> None:
        words = f"this has {len(text):,} characters. Shorten it to {most:,} or fewer"
        values.problems.append(self._problem(row, key, words))

    def _facts(self, row: Row, values: Values) -> None:
        facts = values.facts
        facts["name"] = self._line(row, "name", values, 120)
        if not facts["name"]:
            values.problems.append(self._problem(row, "name", "there is no name. Say who this is"))
        facts["phone"] = _phone(self._cell(row, "phone"), self._line(row, "phone", values, 40))
        facts["adjustments"] = adjustments = self._cell(row, "adjustments").text
        if len(adjustments) > LONGEST_ADJUSTMENTS:
            self._too_long(row, "adjustments", values, adjustments, LONGEST_ADJUSTMENTS)
        for key, read in (("email", _email), ("area", _area)):
            try:
                facts[key] = read(self._line(row, key, values, 254))
            except ValueError as error:
                values.problems.append(self._problem(row, key, str(error)))
        try:
            facts["born_on"] = birthday(
                self._cell(row, "born_on"), from_1904=self._grid.dates_from_1904
            )
        except ValueError as error:
            values.problems.append(self._problem(row, "born_on", str(error)))
        said = self._line(row, "source", values, 200)
        facts["source"] = _SOURCES.get(normalised(said), Source.OTHER) if said else None
        facts["source_text"] = said if facts["source"] is Source.OTHER else ""
        if self._choices.submit:
            for key, words in _NEEDED.items():
                if facts.get(key, "") is None:
                    values.problems.append(self._problem(row, key, words))

    def _condition(self, row: Row, condition: EligibilityCondition, values: Values) -> None:
        key = f"{CONDITION}{condition.id}"
        said = normalised(self._cell(row, key).text)
        if said in _YES or said in _NO:
            values.eligibility[str(condition.id)] = said in _YES
        elif said:
            values.problems.append(self._problem(row, key, "write yes or no"))

    def _answer(self, row: Row, question: Question, values: Values) -> None:
        key = f"{QUESTION}{question.id}"
        text = _as_typed(question, self._cell(row, key), from_1904=self._grid.dates_from_1904)
        if not text and not (question.required and self._choices.submit):
            values.answers.append((question, []))
            return
        if (known := self._said.get((question.id, text))) is None:
            known = self._said[question.id, text] = self._read(question, text)
        if isinstance(known, str):
            values.problems.append(self._problem(row, key, known))
        else:
            values.answers.append((question, known))

    def _read(self, question: Question, text: str) -> list[str] | str:
        """An answer as it is kept; or what is wrong with it."""
        if question.kind.has_options or question.kind is QuestionKind.YES_NO:
            try:
                return read_answer(question, _options(question, text))
            except ValueError as error:
                offered = "; ".join(question.options) or "yes; no"
                return f"{_lower(str(error))}. It can be: {offered}" if text else _lower(str(error))
        form = self._forms[question.id](
            formdata=MultiDict([("answer", text)]), meta={"csrf": False}
        )
        if not form.validate():
            return _lower(str(form["answer"].errors[0]))
        return value_of(form, question)


_NEEDED: Mapping[str, str] = {
    "born_on": "there is no date of birth. Give it, or enter them as not submitted",
    "area": "there is no area. Give it, or enter them as not submitted",
}


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _email(text: str) -> str | None:
    try:
        return email_or_none(text)
    except ValueError:
        raise ValueError(f"“{text}” is not an e-mail address. Mend it, or leave it empty") from None


def _phone(cell: Cell, text: str) -> str:
    """A number that Excel took for one has lost the nought in front."""
    lost = cell.number is not None and text.isdigit() and len(text) == 10 and text[0] in "1237"
    return f"0{text}" if lost else text


def _area(text: str) -> Area | None:
    if not text:
        return None
    plain = normalised(text)
    area = _AREAS.get(plain) or _AREAS.get(_COUNCIL.sub("", plain))
    if area is None:
        known = ", ".join(one.label for one in Area)
        raise ValueError(f"“{text}” is not an area that Waymark knows. It can be: {known}")
    return area


def birthday(cell: Cell, *, from_1904: bool) -> date | None:
    """The day that a cell says, None when it is empty. Of a year in two figures the last century is
    meant where this one would be yet to come. Raises ValueError, in words."""
    day = cell.day or _serial(cell, from_1904=from_1904)
    if day is None:
        text = " ".join(cell.text.split())
        if not text:
            return None
        try:
            day = read_day(text)
        except ValueError as error:
            words = str(error).replace("30 July 2021", "1 May 2000")
            raise ValueError(f"“{text[:60]}” is no date of birth. {words}") from None
        if day > clock.today() and not re.search(r"\d{4}", text):
            day = day.replace(year=day.year - 100)
    check_birth(day)
    return day


def _serial(cell: Cell, *, from_1904: bool) -> date | None:
    """The day of a number that is a date which has lost its format; None for any other number."""
    if cell.number is None or not _FIRST_SERIAL <= cell.number <= _LAST_SERIAL:
        return None
    found = from_excel(cell.number, CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900)
    return found.date() if isinstance(found, datetime) else None


def _as_typed(question: Question, cell: Cell, *, from_1904: bool) -> str:
    """A cell as somebody would have typed it into the form."""
    if question.kind is QuestionKind.DATE:
        day = cell.day or _serial(cell, from_1904=from_1904)
        return day.isoformat() if day else cell.text
    return cell.text


def _options(question: Question, text: str) -> list[str]:
    if question.kind is QuestionKind.YES_NO:
        plain = normalised(text)
        return ["yes"] if plain in _YES else ["no"] if plain in _NO else [text]
    if question.kind is QuestionKind.SEVERAL_CHOICES:
        return [part.strip() for part in re.split(r";|\n", text) if part.strip()]
    return [text]
