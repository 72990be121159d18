"""How the portfolio's tests make workstreams and read the page."""

from datetime import timedelta

import html5lib

from tests.conftest import TODAY
from tests.factories.delivery import ActivityFactory, DeliveryPlanFactory
from tests.factories.workstreams import WorkstreamFactory


def planned(name, *rags, parent=None, **changes):
    """A workstream whose plan has one open activity of each colour given (None: not rated)."""
    slug = name.lower().replace(" ", "-")
    parent_id = parent.id if parent else None
    workstream = WorkstreamFactory(name=name, slug=slug, parent_id=parent_id, **changes)
    plan = DeliveryPlanFactory(workstream_id=workstream.id)
    workstream.plan = plan
    for number, rag in enumerate(rags):
        ActivityFactory(
            plan=plan,
            rag=rag,
            rag_reason=f"{rag} because {number}" if rag and rag.needs_reason else "",
            last_word_on=TODAY - timedelta(days=number) if rag else None,
        )
    return workstream


def names(response):
    """The workstreams shown, in order."""
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    titles = [e for e in page.iter() if e.get("class") == "wm-stream__title"]
    return ["".join(e.itertext()).strip() for e in titles]


def depths(response):
    """(name, how many lists of children it is in) of each workstream shown."""
    page = html5lib.parse(response.text, namespaceHTMLElements=False)

    def walk(element, depth):
        if element.get("class") == "wm-portfolio__children":
            depth += 1
        if element.get("class") == "wm-stream__title":
            yield "".join(element.itertext()).strip(), depth
        for child in element:
            yield from walk(child, depth)

    return list(walk(page, 0))


def item(response, name):
    """The words of one workstream's entry, without those below it."""
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    for stream in (e for e in page.iter() if e.get("class") == "wm-stream"):
        words = " ".join("".join(stream.itertext()).replace("\xa0", " ").split())
        if words.startswith(name):
            return words
    raise AssertionError(f"{name} is not shown")
