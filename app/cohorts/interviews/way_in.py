"""The lines of a mail that lead an applicant to a page of theirs."""

from app.accounts.security_mail import on_site
from app.cohorts.applications.models import Application
from app.cohorts.applying.links import OWN_PAGE, new_link


def way_in(application: Application, slug: str, to: str = OWN_PAGE) -> str:
    """A link that is good once, to the page `to` below `/apply/<slug>`; and where to get another."""
    assert application.email is not None
    link = new_link(
        workstream_id=application.workstream_id, slug=slug, email=application.email, to=to
    )
    return (
        f"{link}\n\n"
        "The link works once, in the next 3 days. You can get another at any time:\n"
        f"{on_site(f'/apply/{slug}/return')}"
    )
