"""The twenty delegates of cohort 1, of whom 18 graduated in April 2021 (003 ¶19). The numbers are the
paper's; the people, their ages and their projects are invented."""

from dataclasses import dataclass
from datetime import date

from app.cohorts.areas import Area

ENROLLED_ON = date(2020, 9, 28)
GRADUATED_ON = date(2021, 4, 30)


@dataclass(frozen=True)
class LeaderFact:
    name: str
    age: int
    area: Area
    project: str
    # Why and when somebody left before the end.
    left: tuple[date, str] | None = None


LEADERS = (
    LeaderFact("Callum Osei", 27, Area.LEICESTER, "A repair café in Braunstone"),
    LeaderFact("Priti Vaghela", 34, Area.LEICESTER, "English lessons over lunch"),
    LeaderFact("Marek Zielony", 41, Area.CHARNWOOD, "Fathers’ walking group"),
    LeaderFact("Ayaan Dualeh", 23, Area.LEICESTER, "Late-night football that ends on time"),
    LeaderFact("Bronagh Tierney", 52, Area.BLABY, "A memory garden for the village"),
    LeaderFact("Femi Adelaja", 31, Area.LEICESTER, "Barbers who listen"),
    LeaderFact("Hollie Marsden", 26, Area.NORTH_WEST_LEICESTERSHIRE, "Youth forum in Coalville"),
    LeaderFact("Yasmin Quereshi", 38, Area.OADBY_AND_WIGSTON, "Mothers’ safety walks"),
    LeaderFact("Dafydd Penrose", 45, Area.HARBOROUGH, "A lift-share for job interviews"),
    LeaderFact("Kiran Bhardwaj", 29, Area.LEICESTER, "Street games on New Parks"),
    LeaderFact("Lorna Eastwell", 57, Area.MELTON, "A tea round for carers"),
    LeaderFact("Tobias Renner", 24, Area.CHARNWOOD, "Bike marking at the college"),
    LeaderFact("Nkechi Umeh", 36, Area.LEICESTER, "Cook together, eat together"),
    LeaderFact("Sorcha Dunleavy", 33, Area.RUTLAND, "A young farmers’ listening line"),
    LeaderFact("Jaswant Pooni", 48, Area.LEICESTER, "Langar on the estate"),
    LeaderFact("Elin Hartshorn", 22, Area.HINCKLEY_AND_BOSWORTH, "A bench to talk on"),
    LeaderFact("Reuben Achterberg", 40, Area.NORTH_WEST_LEICESTERSHIRE, "Tools to borrow"),
    LeaderFact("Mona Farahani", 30, Area.LEICESTER, "Interpreters for the school gate"),
    LeaderFact(
        "Gavin Stokoe",
        44,
        Area.BLABY,
        "",
        left=(date(2020, 12, 11), "New shifts at work clash with the sessions."),
    ),
    LeaderFact(
        "Amara Solanke",
        28,
        Area.LEICESTER,
        "",
        left=(date(2021, 2, 5), "Moved to another part of the country."),
    ),
)
