"""The page: its URL, its fragment, its chips, and that nothing typed can break it."""

from urllib.parse import quote

import pytest

from app.extensions import db
from app.search.filters import Wanted
from tests.factories.accounts import UserFactory
from tests.factories.workstreams import AimFactory
from tests.statements import statements


@pytest.fixture
def page(client, scene):
    client.sign_in(scene.lead)

    def ask(query="", **headers):
        answer = client.get(f"/search?{query}", headers=headers)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    return ask


def test_without_words_it_says_what_it_is_for(page):
    assert "What are you looking for?" in page()


def test_it_is_reached_from_every_page(client, scene):
    client.sign_in(scene.lead)
    for path in ("/", "/workstreams", "/workstreams/heron-quay/plan", "/account"):
        text = client.get(path).get_data(as_text=True)
        assert 'action="/search"' in text and 'href="/search"' in text
    assert 'action="/search"' not in client.application.test_client().get("/privacy").text


def test_the_fragment_is_part_of_the_page(client, scene, page):
    whole = page("q=heron")
    swap = client.htmx("GET", "/search?q=heron")
    fragment = swap.get_data(as_text=True)
    assert fragment.strip() in whole
    assert '"announce": "7 results"' in swap.headers["HX-Trigger"]


def test_what_was_asked_stays_in_the_form_and_in_chips(page):
    text = page("q=heron&kind=aim&workstream=heron-quay&state=done&since=1+April+2021")
    for words in (
        "Kind: Priorities and ambition statements",
        "In: Heron Quay",
        "Since 1 April 2021",
    ):
        assert words in text
    assert 'value="heron"' in text and 'value="1 April 2021"' in text
    assert (
        'href="/search?q=heron&amp;workstream=heron-quay&amp;since=1+April+2021&amp;state=done"'
        in text
    )
    assert "Look without the filters" in text


def test_a_date_that_is_none_is_said_and_not_applied(page):
    text = page("q=heron&since=soon")
    assert "The date was not used: enter a date like 30 July 2021." in text
    assert "7 results" in text and 'value="soon"' in text


def test_kinds_are_offered_with_their_numbers(page):
    assert 'href="/search?q=heron&amp;kind=activity">1 Activity</a>' in page("q=heron")


def test_pages_keep_the_filters(client, scene, page):
    for number in range(25):
        AimFactory(workstream_id=scene.workstream.id, text=f"Otter {number}")
    db.session.commit()
    assert "/search?q=otter&amp;kind=aim&amp;page=2" in page("q=otter&kind=aim")
    assert "Showing 21 to 25 of 25 results" in page("q=otter&page=2")
    assert "Showing 21 to 25 of 25 results" in page("q=otter&page=999999999999")
    assert "Showing 1 to 20" in page("q=otter&page=minus")


HOSTILE = [
    "AND", "OR", "NOT", "NEAR", "AND AND", "heron AND", "NOT heron", "heron NOT", "NEAR(heron, 2)",
    '"', '""', '"heron', 'heron"', '" "', '"""heron"""', "'", "''", "';--", "heron'; DROP TABLE users",
    "*", "**", "heron*", "*heron", "-", "--", "-heron", "+heron", "^heron", ":", "heron:", "title:heron",
    "marks:kindaim", "title : heron", "{title} : heron", "rightviewworkstream", "kindaim", "statedone",
    "(", ")", "(heron", "heron)", "()", "&", "|", "!", "heron & | !", "<->", "heron <-> count",
    "heron:*", "heron:A", "\\", "heron\\", "%", "_", "%00", "a" * 2000, "heron " * 400, "\x00", "he\x00ron",
    "\x00\x01\x02", "😀", "heron 😀", "👩‍👩‍👧‍👦", "é", "e\u0301", "ﬁ", "½", "İ", "ß", "中文", "עברית", "\u202eheron",
    "\ud800", "١٢٣", "1e5", "0x1F", "1.5", "heron.example.org", "a@b.example", "/etc/passwd", "-1", "NaN",
    "s", "w", "zz", "sheron", "<script>alert(1)</script>", "\r\nSet-Cookie: a=b", " ", "\t",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text)[:30] for text in HOSTILE])
def test_nothing_that_is_typed_breaks_it(client, scene, text):
    """Nor is any of it taken for the language of a database."""
    client.sign_in(scene.lead)
    encoded = quote(text, errors="surrogatepass")
    for name in ("q", "kind", "workstream", "since", "state", "page"):
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(f"/search?q=heron&{name}={encoded}", headers=headers)
            assert answer.status_code == 200, name
    alone = client.get(f"/search?q={encoded}").get_data(as_text=True)
    assert "<script>alert" not in alone


@pytest.mark.parametrize(
    "text", ["rightviewworkstream", "kindaim", "stateopen", "sheron", "zz", "statedone"]
)
def test_the_indexs_own_words_are_not_found(page, text):
    assert "Nothing found" in page(f"q={text}")


def test_too_many_words_are_said_to_be_too_many(page):
    assert "more than can be looked for" in page("q=" + "+".join(f"w{n}" for n in range(30)))
    assert "more than can be looked for" in page("q=" + "x" * 300)
    assert len(Wanted.read({"q": "x" * 300}).q) == 200


def test_the_log_has_no_word_of_it(client, scene, caplog):
    client.sign_in(scene.lead)
    with caplog.at_level("DEBUG"):
        client.get("/search?q=wilhelmina&workstream=wilhelmina")
    assert "wilhelmina" not in caplog.text


def test_it_asks_the_database_no_more_for_many_hits_than_for_few(client, scene):
    client.sign_in(scene.lead)

    def queries():
        client.get("/search?q=heron")
        with statements() as sent:
            client.get("/search?q=heron")
        return len(sent)

    few = queries()
    for number in range(60):
        AimFactory(workstream_id=scene.workstream.id, text=f"Heron {number}")
    db.session.commit()
    assert queries() == few <= 7


def test_nobody_searches_without_signing_in(client):
    answer = client.get("/search?q=heron")
    assert answer.status_code == 303 and "sign-in" in answer.headers["Location"]


def test_somebody_without_any_workstream_is_told_so_as_anybody_is(client, app):
    client.sign_in(UserFactory())
    assert "Nothing found" in client.get("/search?q=heron").get_data(as_text=True)
