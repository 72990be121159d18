"""When Cohort 2 meets those whom it shortlists, and what it writes to them. All of it is invented, but for
the start in September (003 ¶22)."""

from datetime import date, time

DAYS = (date(2021, 8, 17), date(2021, 8, 18), date(2021, 8, 19))
# Half an hour each, with lunch between; the last day is for those who work by day.
HOURS = (
    ((time(10), time(12)), (time(13), time(15))),
    ((time(10), time(12)), (time(13), time(15))),
    ((time(17), time(20)),),
)
MINUTES = 30
PLACES = (
    "Meeting room 2, Town Hall, Leicester",
    "Meeting room 2, Town Hall, Leicester",
    "Video call: we send you the link the day before",
)
PANEL = "The programme’s coordinator, a cohort-1 leader and somebody from a community safety team."

OFFER_SUBJECT = "A place on {cohort}"
OFFER = """Dear {name}

Thank you for applying to {cohort} and for meeting us. We are delighted to offer you a place.

We start in September. Until then we will write to you about the first session, travel and anything else that would help you to take part.

Please tell us by {reply_by} whether you take up your place:

{link}

If we do not hear from you by then, we will offer your place to somebody on our waiting list.

{feedback}

Your reference is {reference}.

The Community Leadership Programme
"""
