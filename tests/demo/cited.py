"""What the five papers say, by document and paragraph (numbered as in `app.demo.facts.documents`)."""

from datetime import date

from app.workstreams.models import Aim, KeyIssue

# (document and paragraph, where the demo says it, the words or amount there)
IN_PURPOSE = (
    (
        "002 ¶1",
        "people-zones",
        "New Parks (City), Bell Foundry Estate (Loughborough) and Coalville",
    ),
    ("003 ¶24", "people-zones", "£25,000"),
    ("003 ¶19", "cohort-1", "18 of its 20 delegates graduated in April 2021"),
    ("003 ¶19", "cohort-1", "showcase event in May"),
    ("003 ¶21", "cohort-2", "aged 18 to 30"),
    ("003 ¶22", "cohort-2", "open mid-June and run until 30 July 2021"),
    ("003 ¶22", "cohort-2", "starts early September 2021"),
    ("001 ¶17", "female-offender-strategy", "(MOJ 2018)"),
    ("001 ¶18", "female-offender-strategy", "over 60%"),
    ("001 ¶21 b", "female-offender-strategy", "on-line event was held on 4 November 2020"),
    ("001 ¶21 c", "female-offender-strategy", "December 2020 and January 2021"),
    ("001 ¶29", "volunteer-strategy", "May/June 2021 onwards"),
    ("001 ¶30", "domestic-abuse", "12 February 2021"),
    ("001 ¶30", "domestic-abuse", "£125m for 2021/22"),
    ("001 ¶30", "domestic-abuse", "£2.277m"),
    ("001 ¶30 table", "domestic-abuse", "Leicestershire County Council £1,127,205"),
    ("001 ¶30 table", "domestic-abuse", "Leicester City Council £857,364"),
    ("001 ¶30 table", "domestic-abuse", "Rutland County Council £63,000"),
    ("001 ¶30 table", "domestic-abuse", "Harborough £33,548"),
    ("001 ¶30 table", "domestic-abuse", "Blaby £33,291"),
    ("001 ¶30 table", "domestic-abuse", "Hinckley and Bosworth £32,730"),
    ("001 ¶30 table", "domestic-abuse", "North West Leicestershire £32,571"),
    ("001 ¶30 table", "domestic-abuse", "Melton £32,338"),
    ("001 ¶30 table", "domestic-abuse", "Oadby and Wigston £32,301"),
    ("001 ¶30 table", "domestic-abuse", "Charnwood £32,295"),
    ("001 ¶30 table", "domestic-abuse", "£2,276,643 in total"),
    ("001 ¶13", "trauma-informed-strategy", "February 2021"),
    ("001 ¶14", "trauma-informed-strategy", "25 February 2021"),
    ("001 ¶2", "safer-streets", "£20m fund for 2021/22, launched on 28 January 2021"),
    ("001 ¶2", "safer-streets", "Round one: 3 bids secured"),
    ("003 ¶7", "safer-streets", "£432,000"),
    ("003 ¶7", "safer-streets", "Castle Donnington, Hinckley, Lutterworth and Melton"),
    ("003 ¶8", "safer-streets", "up to £550,000, no match funding required, by 15 July 2021"),
    ("003 ¶11", "youth-perception-survey", "aged 11 to 24"),
    ("000 ¶14", "violence-reduction-network", "£880,000"),
    ("000 ¶14", "violence-reduction-network", "about £990,000"),
    ("000 ¶15", "violence-reduction-network", "20% of the fund"),
    (
        "004 ¶8",
        "making-communities-and-neighbourhoods-safer",
        "Partnership Locality Funding £450,000",
    ),
    ("004 ¶9", "making-communities-and-neighbourhoods-safer", "Youth Commission £15,000"),
    ("004 ¶9", "youth-commission", "£15,000 in 2015/16"),
    ("004 ¶10", "youth-commission", "Nine recommendations"),
    ("004 ¶10", "youth-commission", "annual conference in March 2015"),
    ("004 ¶12", "making-communities-and-neighbourhoods-safer", "Domestic Homicide Reviews £32,000"),
    ("004 ¶13", "making-communities-and-neighbourhoods-safer", "Local Resilience Forum £6,500"),
    (
        "004 ¶14",
        "making-communities-and-neighbourhoods-safer",
        "Crime Stoppers National Hub £26,000",
    ),
    ("004 implications", "making-communities-and-neighbourhoods-safer", "£4.2m"),
)

# (document and paragraph, workstream, milestone, words, the day they count as)
MILESTONES = (
    ("003 ¶19", "cohort-1", "Delegates graduate", "April 2021", date(2021, 4, 30)),
    ("003 ¶22", "cohort-2", "Applications open", "mid-June 2021", date(2021, 6, 15)),
    ("003 ¶22", "cohort-2", "Applications close", "30 July 2021", date(2021, 7, 30)),
    ("003 ¶22", "cohort-2", "Programme starts", "early September 2021", date(2021, 9, 10)),
    (
        "001 ¶21 b",
        "female-offender-strategy",
        "On-line event: From Custody to Community – Embedding Female Offender Strategy across LLR",
        "4 November 2020",
        date(2020, 11, 4),
    ),
    (
        "001 ¶21 c",
        "female-offender-strategy",
        "First steering group meeting",
        "December 2020",
        date(2020, 12, 31),
    ),
    (
        "001 ¶21 c",
        "female-offender-strategy",
        "Second steering group meeting",
        "January 2021",
        date(2021, 1, 31),
    ),
    ("001 ¶4", "safer-streets", "Round two deadline", "25 March 2021", date(2021, 3, 25)),
    ("003 ¶8", "safer-streets", "Bid forming meeting", "22 June 2021", date(2021, 6, 22)),
    ("003 ¶8", "safer-streets", "Bid deadline", "15 July 2021", date(2021, 7, 15)),
    (
        "001 ¶14",
        "trauma-informed-strategy",
        "Outline strategy presented at SPB",
        "25 February 2021",
        date(2021, 2, 25),
    ),
    (
        "003 ¶15",
        "trauma-informed-strategy",
        "SPB reviews childhood trauma",
        "19 August 2021",
        date(2021, 8, 19),
    ),
    ("003 ¶12", "youth-perception-survey", "Survey goes live", "7 June 2021", date(2021, 6, 7)),
)

# (document and paragraph, table, workstream, the texts in order)
LISTS = (
    (
        "001 ¶19",
        Aim,
        "female-offender-strategy",
        [
            "Fewer women coming into the CJS",
            "Fewer women in custody",
            "Better conditions in custody",
        ],
    ),
    (
        "001 ¶26",
        KeyIssue,
        "volunteer-strategy",
        [
            "Better co-ordination/communications/cross referral",
            "Better understanding of each other's organisational volunteering roles",
            "Volunteer fatigue/same volunteers multiple roles",
        ],
    ),
    (
        "004 ¶11",
        KeyIssue,
        "youth-commission",
        [
            "CSE and Missing from Home",
            "Legal Highs",
            "Youth Violence",
            "The relationship with the Police",
            "Domestic Abuse",
            "Hate Crime and Radicalisation",
        ],
    ),
)

# (document and paragraph, workstream, what the rows of its plan say)
PLANS = (
    (
        "001, next steps after ¶22",
        "female-offender-strategy",
        [
            "Deliver two workshops over the next two months",
            "Telephone contact with the group members to understand service priorities, pressure "
            "points etc",
            "Devise a project plan which covers the next 12 months and includes some key "
            "milestones",
            "Build a theory of change model to map activities, outcomes and impacts",
        ],
    ),
    (
        "001 ¶28",
        "volunteer-strategy",
        [
            "Action plan to be developed and implemented based on the lessons learned and good "
            "practice identified through the Lancashire Model",
            "Develop a joint public sector volunteering comms plan to provide clarity and joined "
            "up messaging for potential and existing volunteers",
            "Research and develop a LLR public sector Volunteering Passport to enable volunteers "
            "to be easily identified/trained/supported and have greater mobility between "
            "organisations, based on areas of need or suitability",
        ],
    ),
)
