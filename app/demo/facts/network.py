"""The Leaders Network of cohort 1's graduates (003 ¶20), nominations for cohort 2 and who waits to hear of
the one after. That there is a network is the paper's; who is in it and what they say is invented."""

from dataclasses import dataclass
from datetime import date

from app.cohorts.areas import Area
from app.cohorts.inviting.models import Because
from app.cohorts.network.choices import Interest, Offer, Skill

INVITED_ON = date(2021, 5, 4)
LIST_TAKEN_ON = date(2021, 6, 14)


@dataclass(frozen=True)
class MemberFact:
    """A graduate who joined. `consent` is when they came onto the mailing list and, if so, off it."""

    name: str
    joined_on: date
    skills: tuple[Skill, ...]
    interests: tuple[Interest, ...]
    offers: tuple[Offer, ...]
    consent: tuple[tuple[date, date | None], ...] = ()
    about: str = ""
    mentees: int = 1
    may_be_named: bool = True


_R, _M, _S = Offer.RECRUIT, Offer.MENTOR, Offer.SPEAK

MEMBERS = (
    MemberFact(
        "Callum Osei", date(2021, 5, 5), (Skill.EVENTS, Skill.VOLUNTEERS),
        (Interest.YOUNG_PEOPLE, Interest.ENVIRONMENT), (_R, _M), ((date(2021, 5, 5), None),),
        mentees=2,
    ),
    MemberFact(
        "Priti Vaghela", date(2021, 5, 5), (Skill.LANGUAGES, Skill.LISTENING),
        (Interest.BELONGING, Interest.WORK), (_R, _M, _S), ((date(2021, 5, 5), None),),
        about="I speak Gujarati and Hindi. Mornings are best.",
    ),
    MemberFact(
        "Marek Zielony", date(2021, 5, 6), (Skill.LISTENING, Skill.LANGUAGES),
        (Interest.HEALTH, Interest.BELONGING), (_M,), ((date(2021, 5, 6), None),),
        about="I speak Polish.",
    ),
    MemberFact(
        "Ayaan Dualeh", date(2021, 5, 6), (Skill.COACHING, Skill.SOCIAL_MEDIA),
        (Interest.YOUNG_PEOPLE, Interest.SPORT, Interest.SAFER_STREETS), (_R, _M, _S),
        ((date(2021, 5, 6), date(2021, 5, 20)), (date(2021, 6, 1), None)), mentees=2,
    ),
    MemberFact(
        "Bronagh Tierney", date(2021, 5, 7), (Skill.FUNDRAISING, Skill.WRITING),
        (Interest.OLDER_PEOPLE, Interest.ENVIRONMENT), (_S,), ((date(2021, 5, 7), None),),
    ),
    MemberFact(
        "Femi Adelaja", date(2021, 5, 7), (Skill.LISTENING, Skill.SPEAKING),
        (Interest.HEALTH, Interest.YOUNG_PEOPLE), (_R, _M, _S), ((date(2021, 5, 7), None),),
    ),
    MemberFact(
        "Hollie Marsden", date(2021, 5, 8), (Skill.CAMPAIGNS, Skill.SOCIAL_MEDIA, Skill.FILM),
        (Interest.YOUNG_PEOPLE,), (_R, _M), ((date(2021, 5, 8), None),), mentees=2,
    ),
    MemberFact(
        "Yasmin Quereshi", date(2021, 5, 10), (Skill.EVENTS, Skill.SPEAKING),
        (Interest.SAFER_STREETS, Interest.BELONGING), (_R, _S), ((date(2021, 5, 10), None),),
    ),
    MemberFact(
        "Dafydd Penrose", date(2021, 5, 11), (Skill.BUDGETS, Skill.VOLUNTEERS),
        (Interest.WORK,), (_R,),
    ),
    MemberFact(
        "Kiran Bhardwaj", date(2021, 5, 12), (Skill.COACHING, Skill.EVENTS),
        (Interest.SPORT, Interest.YOUNG_PEOPLE), (_R, _M), ((date(2021, 5, 12), None),),
    ),
    MemberFact(
        "Lorna Eastwell", date(2021, 5, 14), (Skill.LISTENING,),
        (Interest.OLDER_PEOPLE, Interest.HEALTH), (_R,),
        ((date(2021, 5, 14), date(2021, 6, 7)),),
    ),
    MemberFact(
        "Tobias Renner", date(2021, 5, 17), (Skill.SOCIAL_MEDIA, Skill.FILM),
        (Interest.SAFER_STREETS, Interest.DIGITAL), (_R,),
    ),
    MemberFact(
        "Nkechi Umeh", date(2021, 5, 25), (Skill.FUNDRAISING,), (Interest.HEALTH, Interest.ARTS),
        (), may_be_named=False,
    ),
)  # fmt: skip
# Invited on the same day; the first has said no, the others have not answered.
SAID_NO = ("Reuben Achterberg", date(2021, 5, 9))
SILENT = ("Sorcha Dunleavy", "Jaswant Pooni", "Elin Hartshorn")


@dataclass(frozen=True)
class NominationFact:
    """`by` is an account; `mailed` is whether the invitation has left."""

    name: str
    by: str
    on: date
    why: str = ""
    mailed: bool = True


# The first two have begun to apply. Nominations before the call opened left when it did.
NOMINATIONS = (
    NominationFact(
        "Samir Tahiri", "contributor", date(2021, 6, 10),
        "Keeps the peace at the youth club better than we do.",
    ),
    NominationFact(
        "Ella Stavely", "contributor", date(2021, 6, 11), "Started the litter pick on her estate.",
    ),
    NominationFact("Rowan Tisdale", "contributor", date(2021, 6, 16)),
    NominationFact(
        "Mercy Adomako", "coordinator", date(2021, 6, 16),
        "Cohort 1’s showcase would not have happened without her.",
    ),
    NominationFact("Rowan Tisdale", "coordinator", date(2021, 6, 17), mailed=False),
)  # fmt: skip

# (address before the @, why, where, when they asked): those who asked before the call opened were told.
TOLD = (
    ("first.in.line", Because.NOT_OPEN, Area.LEICESTER, date(2021, 5, 20)),
    ("keen.and.early", Because.NOT_OPEN, Area.CHARNWOOD, date(2021, 6, 2)),
    ("saw.the.poster", Because.NOT_OPEN, None, date(2021, 6, 9)),
)
WAITING = (
    ("nearly.eighteen", Because.INELIGIBLE, Area.LEICESTER, date(2021, 6, 15)),
    ("turned.thirty.one", Because.INELIGIBLE, Area.BLABY, date(2021, 6, 16)),
    ("too.young.yet", Because.INELIGIBLE, Area.LEICESTER, date(2021, 6, 17)),
    ("next.year.perhaps", Because.OTHER, Area.MELTON, date(2021, 6, 16)),
    ("exams.first", Because.OTHER, None, date(2021, 6, 17)),
)
