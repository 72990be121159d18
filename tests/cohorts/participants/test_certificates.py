"""Certificates: tagged, titled, in a language, with the name as it is written; for graduates alone."""

from datetime import date

import pytest

from app.cohorts.applications.models import Outcome
from app.delivery.exports import pdf
from tests.delivery.test_export_pdf import opened, structure, words_of

GRADUATED = {"outcome": Outcome.GRADUATED, "outcome_on": date(2021, 6, 10)}


def certificate(client, cohort, participant):
    answer = client.get(f"{cohort.url}/participants/{participant.id}/certificate.pdf")
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    return answer


def squeezed(words):
    return "".join(words.split())


def test_it_is_tagged_and_says_whose_it_is(as_lead, cohort):
    zoe = cohort.participant(
        "Zoë Ångström-O’Brien", project_title="A repair café in Łódź", **GRADUATED
    )
    answer = certificate(as_lead, cohort, zoe)
    document = opened(answer.data)
    assert bool(document.Root.MarkInfo.Marked)
    assert str(document.Root.Lang) == "en-GB"
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Certificate: Zoë Ångström-O’Brien"
    assert {"/H1", "/H2"} <= {str(element.S) for element in structure(document)}
    words = squeezed(words_of(answer.data))
    for said in ("Zoë Ångström-O’Brien", "A repair café in Łódź", "graduated on 10 June 2021"):
        assert squeezed(said) in words, said
    assert "Zo" not in answer.headers["Content-Disposition"], "a name is no file's name"


@pytest.mark.parametrize(
    "name",
    [
        "W" * 120,
        "Wolfeschlegelsteinhausenbergerdorff " * 3,
        "O’Connor-Σαββίδου Дмитриевна",
    ],
)
def test_long_and_foreign_names_fit_on_the_page(as_lead, cohort, name):
    answer = certificate(as_lead, cohort, cohort.participant(name.strip()[:120], **GRADUATED))
    assert len(opened(answer.data).pages) == 1
    assert squeezed(name.strip()[:120]) in squeezed(words_of(answer.data))


def test_nothing_in_a_name_is_run(as_lead, cohort):
    name = '#import "x": *; #read("/etc/passwd") $x^2$ = H'
    answer = certificate(as_lead, cohort, cohort.participant(name, **GRADUATED))
    assert squeezed(name) in squeezed(words_of(answer.data))


def test_letters_without_type_are_told(as_lead, cohort):
    answer = certificate(as_lead, cohort, cohort.participant("ગુજરાતી", **GRADUATED))
    assert "stands for a letter" in words_of(answer.data)


def test_there_is_none_for_whoever_has_not_graduated(as_lead, cohort):
    for more in (
        {},
        {"outcome": Outcome.WITHDRAWN, "outcome_on": date(2021, 6, 10), "outcome_reason": "x"},
    ):
        sam = cohort.participant("Sam", **more)
        url = f"{cohort.url}/participants/{sam.id}"
        assert as_lead.get(f"{url}/certificate.pdf").status_code == 404
        assert "certificate.pdf" not in as_lead.get(url).text
    answer = as_lead.get(f"{cohort.url}/participants/certificates.pdf")
    assert answer.status_code == 404 and "Nobody has graduated yet" in answer.text


def test_all_graduates_in_one_file(as_lead, cohort):
    for name in ("Ola", "Sam", ""):
        cohort.participant(name, **GRADUATED)
    cohort.participant("Still here")
    page = as_lead.get(f"{cohort.url}/participants").text
    assert "/participants/certificates.pdf" in page
    answer = as_lead.get(f"{cohort.url}/participants/certificates.pdf")
    document = opened(answer.data)
    assert len(document.pages) == 2, "none for a name that has been erased"
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == "Certificates of Cohort 2"
    assert "Still" not in words_of(answer.data)


def test_when_it_cannot_be_made_it_says_so(as_lead, cohort, monkeypatch):
    sam = cohort.participant("Sam", **GRADUATED)

    def fail(*_args):
        raise pdf.NotTypeset("It took too long.")

    monkeypatch.setattr("app.cohorts.participants.certificates.typeset", fail)
    answer = as_lead.get(f"{cohort.url}/participants/{sam.id}/certificate.pdf")
    assert answer.status_code == 503 and "could not be made just now" in answer.text
