"""What Cohort 2 asks of those who apply. The window and the ages are the papers' (003 ¶21-22); the hours,
the questions, the criteria and the number of places are invented, the places after cohort 1's 20."""

from datetime import date, datetime, time

from app.cohorts.call.models import QuestionKind
from app.core.clock import LONDON

PLACES = 20
OPENS_AT = datetime.combine(date(2021, 6, 15), time(9), LONDON)
CLOSES_AT = datetime.combine(date(2021, 7, 30), time(17), LONDON)
MIN_AGE, MAX_AGE = 18, 30

INTRO = (
    "Do you want to make the place where you live, work or study safer and stronger? The Community "
    "Leadership Programme brings together people who want to lead change in Leicester, "
    "Leicestershire and Rutland.\n\nYou meet others, learn from people who have done it, and run a "
    "project of your own. It is free. You need no qualifications, and we help with travel and "
    "childcare."
)

CONDITIONS = (
    (
        "Can you come to most of the sessions, from September 2021 to March 2022?",
        True,
        "The group learns together, so everybody needs to be there for most of the sessions.",
    ),
)

# (kind, text, help, required, hidden from reviewers, word limit, options)
QUESTIONS = (
    (
        QuestionKind.LONG_TEXT,
        "Tell us about something you have done for other people or for your community",
        "It can be small. Helping a neighbour counts as much as running a club.",
        True,
        False,
        250,
        (),
    ),
    (
        QuestionKind.LONG_TEXT,
        "What would you like to change where you live, work or study?",
        "Say what is wrong, and what you would try first.",
        True,
        False,
        250,
        (),
    ),
    (
        QuestionKind.ONE_CHOICE,
        "Which of these is closest to what you would like to work on?",
        "",
        True,
        False,
        None,
        (
            "Feeling safe",
            "Things for young people to do",
            "Health and wellbeing",
            "Skills and work",
            "Bringing people together",
        ),
    ),
    (
        QuestionKind.SEVERAL_CHOICES,
        "When could you come to sessions?",
        "Choose all that suit you.",
        True,
        False,
        None,
        ("Weekday evenings", "Weekdays in the day", "Saturdays", "Sundays"),
    ),
    (
        QuestionKind.YES_NO,
        "Have you been on a leadership course before?",
        "Both answers are fine.",
        True,
        False,
        None,
        (),
    ),
    (
        QuestionKind.DATE,
        "From which day could you take part?",
        "For example, 6 September 2021.",
        False,
        False,
        None,
        (),
    ),
    (
        QuestionKind.SHORT_TEXT,
        "Which school, college, group or employer are you part of?",
        "Those who score your application do not see this.",
        False,
        True,
        None,
        (),
    ),
)

# (name, weight, what deserves a 1, a 3, a 5)
CRITERIA = (
    (
        "Cares about the community",
        3,
        "Says nothing of other people",
        "Has helped others, or clearly wants to",
        "Has kept at something for others, and says what came of it",
    ),
    (
        "Ideas for change",
        3,
        "No idea of what should change",
        "Says what is wrong, and has a first idea",
        "Says what is wrong and why, and has an idea that could be tried this year",
    ),
    (
        "Ready to learn",
        2,
        "Knows it all already",
        "Open to learning from others",
        "Says what they want to learn, and what has been hard",
    ),
    (
        "Works with others",
        2,
        "Works alone",
        "Has worked in a group",
        "Brings people together who would not have met",
    ),
)
