"""A plan's filter in words: for the chips of the page and for the files that leave it."""

from app.delivery.filters import NOT_RATED, PlanFilter
from app.delivery.models import Rag
from app.delivery.plan_reading import Facets
from app.workstreams.models import ResilienceDomain

DOMAIN_CHOICES = [(domain.value, domain.label) for domain in ResilienceDomain]
RAG_CHOICES = [*((rag.value, rag.label) for rag in Rag), (NOT_RATED, "Not rated")]


def filter_words(wanted: PlanFilter, found: Facets | None) -> list[tuple[str, str, str]]:
    """(name in the URL, label, value in words) of each filter in force; `found` knows the names of the
    plan's people and organisations, and may be None where nothing is filtered."""
    labels = {
        "lead": ("Lead", dict(found.leads if found else ())),
        "organisation": ("Organisation", dict(found.organisations if found else ())),
        "rag": ("RAG", dict(RAG_CHOICES)),
        "domain": ("Builds", dict(DOMAIN_CHOICES)),
        "show": ("Show", dict(PlanFilter.SHOWS)),
    }
    words = []
    for name, value in wanted.query.items():
        label, choices = labels[name]
        words.append((name, label, choices.get(value, "not in this plan")))
    return words
