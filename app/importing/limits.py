"""How much of a file is read, so that no file takes more memory or time than an honest one needs."""

from dataclasses import dataclass

from app.core.errors import Refused

MEGABYTE = 1024 * 1024

MOST_BYTES = 10 * MEGABYTE  # of the file as it is sent
MOST_UNPACKED = 50 * MEGABYTE  # of everything inside a .docx or .xlsx
MOST_PART = 16 * MEGABYTE  # of any one XML part of it, which a library holds in memory
MOST_RATIO = 300  # unpacked to packed, of a part above a megabyte; documents stay below 100
MOST_ENTRIES = 2_000
MOST_GRIDS = 100  # tables or sheets
MOST_ROWS = 5_000  # of one table
MOST_COLUMNS = 100
MOST_CELLS = 100_000  # with something in them, in the whole file
MOST_CHARACTERS = 4_000_000
LONGEST_CELL = 32_767  # Excel's own


class Unreadable(Refused):
    """A file that cannot be read, in words for the person who sent it; beside the field `file`."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "file")


class TooLarge(Unreadable):
    """More than is taken at a time: answered with 413."""


def too_many_rows() -> Unreadable:
    """What to say of a table that is too long."""
    return Unreadable(
        f"The file has too much in it. Waymark reads up to {MOST_ROWS:,} rows and {MOST_COLUMNS} "
        f"columns of a table, and {MOST_CELLS:,} filled cells of a file. Split it, or take out "
        "sheets that you do not need"
    )


def damaged(kind: str = "file") -> Unreadable:
    """What to say of a file that stops making sense."""
    return Unreadable(
        f"This {kind} is damaged or incomplete, so it cannot be read. Open it, save it again and "
        "upload the new copy"
    )


@dataclass
class Allowance:
    """What may still be read of a file."""

    cells: int = MOST_CELLS
    characters: int = MOST_CHARACTERS

    def take(self, text: str) -> None:
        """Count one filled cell. Raises Unreadable when nothing is left."""
        self.cells -= 1
        self.characters -= len(text)
        if self.cells < 0 or self.characters < 0:
            raise too_many_rows()
