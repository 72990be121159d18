"""What it takes to graduate, and how far somebody has come. Pure: the one place that says so.

Present and late count as attended. An excused absence counts neither for nor against. A session that has
no mark for somebody (it was before they joined, or its register was not taken) is not counted. The
showcase is apart. Whoever has no session counted has not met a rule that asks for some.
"""

from dataclasses import dataclass
from datetime import date

from app.cohorts.call.models import Call
from app.core.formatting import count


@dataclass(frozen=True)
class Tally:
    """How many sessions of each kind; `run`: absences since they were last there."""

    present: int = 0
    late: int = 0
    excused: int = 0
    absent: int = 0
    run: int = 0
    last_absent_on: date | None = None

    @property
    def attended(self) -> int:
        return self.present + self.late

    @property
    def counted(self) -> int:
        return self.attended + self.absent

    @property
    def percent(self) -> int | None:
        """Rounded down, so that what reads 80% is 80%; None before the first session counts."""
        return self.attended * 100 // self.counted if self.counted else None

    @property
    def in_words(self) -> str:
        """11 of 12 sessions (91%), 1 excused"""
        if self.percent is None:
            words = "No session counted yet"
        else:
            words = f"{self.attended} of {count(self.counted, 'session')} ({self.percent}%)"
        return f"{words}, {self.excused} excused" if self.excused else words


@dataclass(frozen=True)
class Rule:
    """A cohort's own: per cent of the sessions, and whether a project must be done."""

    attendance_wanted: int
    project_wanted: bool

    @classmethod
    def of(cls, call: Call) -> "Rule":
        return cls(call.attendance_wanted, call.project_wanted)

    @property
    def in_words(self) -> str:
        """For the page: who graduates."""
        asked = []
        if self.attendance_wanted:
            asked.append(f"attend at least {self.attendance_wanted}% of the sessions")
        if self.project_wanted:
            asked.append("finish a project")
        if not asked:
            return "Everybody who takes part graduates."
        return f"To graduate, {' and '.join(asked)}."

    def missing(self, tally: Tally, project_done_on: date | None) -> list[str]:
        """What somebody has not met, each in words; nothing for whoever may graduate."""
        lacks = []
        if self.attendance_wanted:
            if tally.percent is None:
                lacks.append("no session has been counted")
            elif tally.attended * 100 < self.attendance_wanted * tally.counted:
                lacks.append(f"attendance is {tally.percent}%, not {self.attendance_wanted}%")
        if self.project_wanted and project_done_on is None:
            lacks.append("the project is not finished")
        return lacks
