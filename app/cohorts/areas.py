"""Where people live, work or study: the local authority districts of Leicester, Leicestershire and
Rutland (LLR), in which the programme is run."""

from enum import StrEnum


class Area(StrEnum):
    """A district of LLR, or none of them."""

    LEICESTER = "leicester"
    BLABY = "blaby"
    CHARNWOOD = "charnwood"
    HARBOROUGH = "harborough"
    HINCKLEY_AND_BOSWORTH = "hinckley_and_bosworth"
    MELTON = "melton"
    NORTH_WEST_LEICESTERSHIRE = "north_west_leicestershire"
    OADBY_AND_WIGSTON = "oadby_and_wigston"
    RUTLAND = "rutland"
    ELSEWHERE = "elsewhere"

    @property
    def label(self) -> str:
        return " ".join(w if w == "and" else w.capitalize() for w in self.value.split("_"))

    @property
    def in_llr(self) -> bool:
        return self is not Area.ELSEWHERE
