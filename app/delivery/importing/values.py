"""What the cells of one activity mean: values of its fields, or what is wrong with them, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.core.formatting import day as day_words
from app.delivery.forms import LONGEST
from app.delivery.importing.choices import CLEAR, LEAVE, Choices
from app.delivery.importing.dates import NoDay, Pair, exact_day, worded_day
from app.delivery.importing.directory import DOMAIN_OF, DOMAINS, Directory, Names, Unknown
from app.delivery.importing.drafts import Draft
from app.delivery.importing.unchanged import without_unchanged
from app.delivery.models import Activity
from app.delivery.worded_dates import Edge
from app.importing import carrying_out

# The fields of `ActivityWords` and the words of a change in the preview.
LABELS = {
    "what": "Activity",
    "how": "How it is taken forward",
    "lead_person_id": "Lead person",
    "lead_organisation_id": "Lead organisation",
    "contributor_ids": "Contributors",
    "start": "Start",
    "due": "Due",
    "reports_to_id": "Reports to",
    "reporting": "More about reporting",
    "aim_ids": "Serves",
    "domains": "Resilience it builds",
}
NOTHING: dict[str, Any] = {
    "what": "",
    "how": "",
    "lead_person_id": None,
    "lead_organisation_id": None,
    "contributor_ids": (),
    "start": ("", None),
    "due": ("", None),
    "reports_to_id": None,
    "reporting": "",
    "aim_ids": (),
    "domains": (),
}
_TEXTS = {"what": LONGEST, "how": LONGEST, "reporting": 500}
_SEVERAL = {"contributors": "contributor_ids", "aims": "aim_ids", "domains": "domains"}
_DATES = {"start": ("start_on", Edge.START, 500), "due": ("due_on", Edge.END, LONGEST)}


@dataclass(frozen=True)
class Problem(carrying_out.Problem):
    """`question` names words of which somebody can say which day they count as."""

    question: str | None = None
    label: str = ""


@dataclass
class Values:
    """What a draft says. Fields of which it says nothing are not in `fields`."""

    fields: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def values_now(activity: Activity | None) -> dict[str, Any]:
    """The fields of a row as it stands; of none, those of an empty one."""
    if activity is None:
        return dict(NOTHING)
    return {
        "what": activity.what,
        "how": activity.how,
        "lead_person_id": activity.lead_person_id,
        "lead_organisation_id": activity.lead_organisation_id,
        "contributor_ids": tuple(person.id for person in activity.contributors),
        "start": (activity.start_text, activity.start_on),
        "due": (activity.due_text, activity.due_on),
        "reports_to_id": activity.reports_to_id,
        "reporting": activity.reporting,
        "aim_ids": tuple(aim.id for aim in activity.aims),
        "domains": tuple(activity.domains),
    }


@dataclass(frozen=True)
class Reader:
    """Reads the drafts of one file."""

    choices: Choices
    known: Directory
    from_1904: bool

    def read(self, draft: Draft, now: dict[str, Any]) -> Values:
        """What a draft says of a row that is `now` so."""
        draft = without_unchanged(draft, now, self.known)
        values = Values()
        values.problems += self._broken(draft)
        broken = {name for name, cell in draft.cells.items() if cell.problem}
        self._texts(draft, values)
        for name in _DATES:
            if not {name, _DATES[name][0]} & broken:
                self._date(name, draft, now, values)
        self._one_name("reports_to", "reports_to_id", self.known.bodies, draft, values)
        self._one_name(
            "organisation", "lead_organisation_id", self.known.organisations, draft, values
        )
        self._lead(draft, values)
        several = {
            "contributors": self.known.people,
            "aims": self.known.aims,
            "domains": DOMAINS,
        }
        for name, names in several.items():
            self._several(name, names, draft, values)
        self._in_order(draft, now, values)
        return values

    def _broken(self, draft: Draft) -> Iterator[Problem]:
        for name, cell in draft.cells.items():
            if cell.problem:
                yield Problem(draft.place(name), f"this cell {cell.problem}")

    def _empty(self, name: str, values: Values) -> None:
        """An empty cell leaves what is there, or clears it."""
        if self.choices.empty == CLEAR and name != "what":
            values.fields[name] = NOTHING[name]

    def _texts(self, draft: Draft, values: Values) -> None:
        for name, most in _TEXTS.items():
            if name not in draft.cells or draft.cell(name).problem:
                continue
            text = draft.cell(name).text
            if len(text) > most:
                words = f"this has {len(text):,} characters. Shorten it to {most:,} or fewer"
                values.problems.append(Problem(draft.place(name), words))
            elif text:
                values.fields[name] = text
            else:
                self._empty(name, values)

    def _date(self, name: str, draft: Draft, now: dict[str, Any], values: Values) -> None:
        day_name, edge, most = _DATES[name]
        if not {name, day_name} & draft.cells.keys():
            return
        words, key = draft.cell(name), f"{draft.key}-{name}"
        if len(words.text) > most:
            said = f"this has {len(words.text):,} characters. Shorten it to {most:,} or fewer"
            values.problems.append(Problem(draft.place(name), said))
            return
        current: Pair = now[name]
        try:
            exact = exact_day(draft.cell(day_name), edge, from_1904=self.from_1904)
            pair = worded_day(
                words,
                exact,
                edge,
                now=current,
                said=self.choices.day_of(key),
                from_1904=self.from_1904,
            )
        except NoDay as error:
            place = draft.place(day_name if error.exact else name)
            short = " ".join(error.words.split())
            short = short if len(short) <= 200 else short[:199].rstrip() + "…"
            values.problems.append(
                Problem(
                    place,
                    f"we cannot tell which day “{short}” means. Write a date like 30 June 2021, or "
                    "leave it empty",
                    None if error.exact else key,
                    f"{LABELS[name]}: “{short}”",
                )
            )
            return
        if pair is not None:
            values.fields[name] = pair
        else:
            self._empty(name, values)

    def _in_order(self, draft: Draft, now: dict[str, Any], values: Values) -> None:
        start: date | None = values.fields.get("start", now["start"])[1]
        due: date | None = values.fields.get("due", now["due"])[1]
        if start and due and start > due and (start, due) != (now["start"][1], now["due"][1]):
            values.problems.append(
                Problem(
                    draft.place("due"),
                    f"it is due on {day_words(due)}, before it starts on {day_words(start)}",
                )
            )

    def _lead(self, draft: Draft, values: Values) -> None:
        """A column headed "Lead" often names an organisation, which is then the lead organisation."""
        text = draft.cell("lead").text
        if text and "organisation" not in self.choices.columns:
            try:
                self.known.people.find(text)
            except Unknown:
                try:
                    values.fields["lead_organisation_id"] = self.known.organisations.find(text)
                except Unknown:
                    pass
                else:
                    return
        self._one_name("lead", "lead_person_id", self.known.people, draft, values)

    def _one_name(self, column: str, name: str, names: Names, draft: Draft, values: Values) -> None:
        if column not in draft.cells or draft.cell(column).problem:
            return
        text = " ".join(draft.cell(column).text.split())
        if not text:
            self._empty(name, values)
            return
        try:
            values.fields[name] = names.find(text)
        except Unknown as error:
            self._unknown(column, error, draft, values)

    def _several(self, column: str, names: Names, draft: Draft, values: Values) -> None:
        if column not in draft.cells or draft.cell(column).problem:
            return
        name = _SEVERAL[column]
        text = draft.cell(column).text
        if not text:
            self._empty(name, values)
            return
        found, unknown = names.find_all(text, commas=column != "aims")
        for error in unknown:
            self._unknown(column, error, draft, values)
        if found or not unknown:
            values.fields[name] = tuple(
                DOMAIN_OF[one] if column == "domains" else one for one in found
            )

    def _unknown(self, column: str, error: Unknown, draft: Draft, values: Values) -> None:
        if error.several:
            said = f"there are two people called “{error.name}” here. Write the e-mail address"
            if column not in ("lead", "contributors"):
                said = f"“{error.name}” could mean two. Write its whole name"
        else:
            said = _WHAT_TO_DO[column].format(name=error.name)
        if self.choices.unknown == LEAVE:
            values.notes.append(f"“{error.name}” is not known here and was left out")
        else:
            values.problems.append(Problem(draft.place(column), said))


_WHAT_TO_DO = {
    "lead": "“{name}” has no role on this workstream that lets them report. Give them one under "
    "People, or leave the cell empty",
    "contributors": "“{name}” has no role on this workstream that lets them report. Give them one "
    "under People, or take the name out",
    "organisation": "Waymark has no organisation called “{name}”. Write its name as Waymark does, or "
    "ask an administrator to add it",
    "reports_to": "Waymark has no reporting group called “{name}”. Write its name or short name as "
    "Waymark does, or match this column to “Reporting”, which takes any words",
    "aims": "this workstream has no priority or ambition statement that reads “{name}”",
    "domains": "“{name}” is no resilience domain. Write skills, resources, health and wellbeing, or "
    "safety",
}
