"""How a measurement is told."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A number, its goal, and what it was measured on."""

    name: str
    value: float
    goal: float | None
    direction: str  # "at least" or "at most"
    words: str = ""

    @property
    def met(self) -> bool:
        if self.goal is None:
            return True
        return self.value >= self.goal if self.direction == "at least" else self.value <= self.goal

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"{self.direction} {self.goal:g}"
        mark = "" if self.goal is None else ("met" if self.met else "MISSED")
        return f"{self.name:<48} {self.value:>9.2f}  {goal:<15} {mark:<7} {self.words}"
