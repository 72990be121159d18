"""The five board papers that the demo's facts come from, by the number that sources cite."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Document:
    number: str
    board: str
    title: str
    on: date


DOCUMENTS = (
    Document(
        "000",
        "Leicestershire Safer Communities Strategy Board",
        "LSCSB update: Office of the Police and Crime Commissioner",
        date(2020, 6, 26),
    ),
    Document(
        "001",
        "Leicestershire Safer Communities Strategy Board",
        "LSCSB update: Office of the Police and Crime Commissioner",
        date(2021, 3, 19),
    ),
    Document(
        "002",
        "Leicestershire Safer Communities Strategy Board",
        "LSCSB update: Office of Police & Crime Commissioner (OPCC)",
        date(2018, 12, 10),
    ),
    Document(
        "003",
        "Leicestershire Safer Communities Strategy Board",
        "LSCSB update: Office of the Police and Crime Commissioner (OPCC)",
        date(2021, 6, 18),
    ),
    Document(
        "004",
        "Police and Crime Panel",
        "Making communities and neighbourhoods safer (Police and Crime Plan theme updates)",
        date(2015, 9, 16),
    ),
)
