"""What the two cohorts do when they meet. The papers give the months: cohort 1 graduated in April 2021 and
had its showcase in May (003 ¶19-20), cohort 2 starts early September 2021 (003 ¶22). The rest is invented."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class SessionFact:
    title: str
    on: date
    place: str = "Online, by video"


SIX, HALF_PAST_EIGHT = time(18, 0), time(20, 30)

COHORT_1 = (
    SessionFact("Welcome, and why you", date(2020, 9, 30), "Tigers Road Community Centre"),
    SessionFact("Finding your voice", date(2020, 10, 14), "Tigers Road Community Centre"),
    SessionFact("Listening to a street", date(2020, 10, 28)),
    SessionFact("Who decides what, and where", date(2020, 11, 11)),
    SessionFact("Conflict, and staying in the room", date(2020, 11, 25)),
    SessionFact("Asking for help", date(2020, 12, 9)),
    SessionFact("Violence as something to prevent", date(2021, 1, 13)),
    SessionFact("Trauma, and what it does", date(2021, 1, 27)),
    SessionFact("From an idea to a project", date(2021, 2, 10)),
    SessionFact("Money and small grants", date(2021, 2, 24)),
    SessionFact("Working with the police and councils", date(2021, 3, 10)),
    SessionFact("Telling it in three minutes", date(2021, 3, 24)),
    SessionFact("What next", date(2021, 4, 14), "Tigers Road Community Centre"),
)
SHOWCASE = SessionFact("Showcase", date(2021, 5, 20))

COHORT_2 = (
    SessionFact("Welcome, and why you", date(2021, 9, 8), "Tigers Road Community Centre"),
    SessionFact("Finding your voice", date(2021, 9, 22), "Tigers Road Community Centre"),
    SessionFact("Listening to a street", date(2021, 10, 6), "Tigers Road Community Centre"),
    SessionFact("Who decides what, and where", date(2021, 10, 20), "County Hall, Glenfield"),
    SessionFact(
        "Conflict, and staying in the room", date(2021, 11, 3), "Tigers Road Community Centre"
    ),
    SessionFact("Asking for help", date(2021, 11, 17)),
    SessionFact("Trauma, and what it does", date(2021, 12, 1)),
    SessionFact("From an idea to a project", date(2022, 1, 12), "Tigers Road Community Centre"),
    SessionFact("Money and small grants", date(2022, 1, 26)),
    SessionFact("Telling it in three minutes", date(2022, 2, 9), "Tigers Road Community Centre"),
)
# Planned, and then not held.
CANCELLED = (
    SessionFact("Visit to a youth court", date(2021, 3, 3), "Leicester"),
    "Courts take no visitors while the restrictions last.",
)

# By the title of the project: what it is about, in the order of the showcase.
PROJECTS = {
    "A repair café in Braunstone": "A Saturday a month: bring what is broken, leave with a neighbour’s number.",
    "Late-night football that ends on time": "Two hours on Fridays, a hot meal, and a walk home together.",
    "Mothers’ safety walks": "Six routes walked at dusk, each with what would make it safer.",
    "English lessons over lunch": "Conversation at the market, for people who have just arrived.",
    "Barbers who listen": "Twelve barbers who know what to say, and whom to ring.",
    "Youth forum in Coalville": "A room, a small budget and no adults with a vote.",
    "Fathers’ walking group": "Three miles on a Sunday, at the speed of the slowest.",
    "A memory garden for the village": "Raised beds that people with dementia helped to plan.",
    "A lift-share for job interviews": "Drivers for places that no bus goes to before nine.",
    "Street games on New Parks": "The road closed for an afternoon, four times a summer.",
    "A tea round for carers": "An hour off, and somebody at the door who knows your name.",
    "Bike marking at the college": "Four hundred bicycles marked by students themselves.",
    "Cook together, eat together": "One kitchen, nine recipes, thirty neighbours.",
    "A young farmers’ listening line": "Volunteers who have been there, three evenings a week.",
    "Langar on the estate": "A free meal, open to all, by the shops.",
    "A bench to talk on": "Two benches, a plaque, and a rota of people to sit there.",
    "Tools to borrow": "A shed with a list, in place of forty drills.",
    "Interpreters for the school gate": "Parents who speak five languages, ten minutes before the bell.",
}

ADJUSTMENTS = {
    "Lorna Eastwell": "A chair with arms, and a break after an hour.",
    "Mona Farahani": "Slides sent the day before.",
    "Dafydd Penrose": "Captions when we meet by video.",
}
NOTES = {
    "Ayaan Dualeh": (
        (
            date(2020, 11, 13),
            "Rang after the last session: was minding his brothers. Will join by phone.",
        ),
        (date(2021, 2, 26), "Has found a pitch. Put in touch with the sports partnership."),
    ),
    "Gavin Stokoe": (
        (date(2020, 12, 10), "New rota from January. Would like to hear of cohort 2."),
    ),
    "Amara Solanke": ((date(2021, 2, 4), "Moves at the end of the month. Sent her our best."),),
}
