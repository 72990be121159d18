"""Ages as they are counted and filtered: in bands, on the day that the cohort starts."""

from enum import StrEnum

import sqlalchemy as sa


class AgeBand(StrEnum):
    """Years of age, from and to, both counted in."""

    UNDER_18 = "under_18"
    FROM_18_TO_20 = "18_to_20"
    FROM_21_TO_24 = "21_to_24"
    FROM_25_TO_30 = "25_to_30"
    OVER_30 = "over_30"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def ages(self) -> tuple[int, int]:
        """The youngest and oldest age in it."""
        return _AGES[self]

    def holds(self, age: sa.SQLColumnExpression[int | None]) -> sa.ColumnElement[bool]:
        """As SQL: whether somebody of this age is in it."""
        return age.between(*self.ages)


_AGES = {
    AgeBand.UNDER_18: (0, 17),
    AgeBand.FROM_18_TO_20: (18, 20),
    AgeBand.FROM_21_TO_24: (21, 24),
    AgeBand.FROM_25_TO_30: (25, 30),
    AgeBand.OVER_30: (31, 150),
}
