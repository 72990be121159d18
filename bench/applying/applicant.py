"""Somebody who applies, at a browser that keeps cookies and follows redirects.

One in twenty opens every page of the form and fills it in, as people do. The others send the same forms
without having looked at the pages, and leave out what is optional: what costs a server is the same, and
five thousand are through in minutes. (They are told apart by their addresses, and have one CSRF token.)
"""

import http.client
import re
import time
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from threading import Lock

from bench.applying.cohort import APPLY, EVENINGS
from bench.faults.site import Answer

OWN = f"{APPLY}/your-application"
LONGEST = 60.0
AREAS = ("charnwood", "leicester", "melton", "rutland", "harborough")
LOOKS = 20
# Somebody who is told that nothing was saved sends again, so often.
TRIES = 5
OPTIONAL = {"telephone": "date-of-birth", "heard-of-it": "check", "help-to-take-part": "check"}
_WORDS = "We would open the hall on two evenings and ask who is missing and why. "


@dataclass
class Line:
    """The way to the server, and what everybody met on it, under one lock."""

    port: int
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[Answer, http.client.HTTPMessage | None]:
        """One request; status 0 when there was no answer."""
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            answer, received = Answer(response.status, response.read().decode()), response.headers
        except (OSError, http.client.HTTPException):
            answer, received = Answer(0), None
        finally:
            connection.close()
        with self.lock:
            self.statuses[answer.status] += 1
            self.seconds.append(time.perf_counter() - began)
        return answer, received


@dataclass(frozen=True)
class Page:
    """What the form of a page holds."""

    hidden: dict[str, str]
    options: list[str]


# Pages of the form, and that behind the link ("link"), as the first who came found them.
Known = dict[str, Page]


@dataclass
class Applicant:
    """The `number`th. `said` is what they have answered, page by page, as far as it was acknowledged."""

    number: int
    cookies: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    shown_at: float = 0.0
    # The page of the form that stands open.
    open_at: str = ""
    # What each press of "send" was answered: 303, 422, 503; 0 for nothing.
    told: list[int] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @property
    def looks(self) -> bool:
        """Whether they look at the pages."""
        return self.number % LOOKS == 1

    @property
    def email(self) -> str:
        return f"applicant{self.number}@example.org"

    @property
    def name(self) -> str:
        return f"Applicant Number {self.number}"

    def essay(self) -> str:
        """Some 150 words, nobody else's."""
        return f"{self.number}: " + _WORDS * 10 + f" ({self.number * 7919})."

    def answer_to(self, path: str, options: list[str]) -> str:
        """What they say on one page of the form."""
        given = {
            "name": self.name,
            "telephone": f"0116 496 {self.number % 10000:04}",
            "date-of-birth": f"{1 + self.number % 28} {1 + self.number % 12} 2003",
            "area": AREAS[self.number % len(AREAS)],
            "heard-of-it": "social_media",
            "help-to-take-part": "" if self.number % 9 else "Step-free access",
        }
        if path in given:
            return given[path]
        if path.startswith("conditions/"):
            return "yes"
        return EVENINGS[self.number % len(EVENINGS)] if options else self.essay()

    # At the browser ------------------------------------------------------------------------------

    def get(self, line: Line, path: str) -> Answer:
        return self._ask(line, "GET", path, None)[0]

    def post(self, line: Line, path: str, fields: dict[str, str]) -> tuple[Answer, str]:
        """Send a form; gives the answer and where it leads."""
        return self._ask(line, "POST", path, urllib.parse.urlencode(fields))

    def save(self, line: Line, path: str, fields: dict[str, str]) -> str:
        """Send a form until it is saved: told that Waymark is busy, again, as the page says. Gives where
        it leads."""
        for _ in range(TRIES):
            answer, to = self.post(line, path, fields)
            if answer.status != 503:
                break
            time.sleep(0.5)
        must(answer, 303)
        return to

    def _ask(self, line: Line, method: str, path: str, body: str | None) -> tuple[Answer, str]:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": f"10.{self.number >> 16}.{self.number >> 8 & 255}.{self.number & 255}",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer, received = line.ask(method, path, body, headers)
        for cookie in (received.get_all("Set-Cookie") if received else None) or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        location = (received.get("Location") if received else "") or ""
        return answer, urllib.parse.urlsplit(location).path

    # What they do --------------------------------------------------------------------------------

    def look_at_the_way_in(self, line: Line) -> None:
        """The start page, and the form that asks for a link."""
        must(self.get(line, APPLY), 200)
        self.shown = hidden(must(self.get(line, f"{APPLY}/return"), 200))
        self.shown_at = time.monotonic()

    def come_with(self, other: "Applicant") -> None:
        """Instead: with what somebody has been shown who has not asked for a link yet."""
        self.cookies, self.shown = dict(other.cookies), other.shown
        self.shown_at = other.shown_at

    def ask_for_link(self, line: Line) -> None:
        """No sooner than a person would."""
        time.sleep(max(0.0, self.shown_at + 2.1 - time.monotonic()))
        to = self.save(line, f"{APPLY}/return", {**self.shown, "email": self.email})
        if self.looks:
            must(self.get(line, to), 200)

    def write(self, line: Line, link: str, known: "Known", *, stop_at_essay: bool = False) -> None:
        """Use the link, and fill in page after page up to "check your answers"; or up to the essay,
        which stays open."""
        fields = hidden(must(self.get(line, link), 200)) if self.looks else known["link"].hidden
        known.setdefault("link", Page(fields, []))
        to = self.save(line, link, fields)
        if self.looks:
            must(self.get(line, to), 200)
        to = f"{OWN}/name"
        while not to.endswith("/check"):
            path = to.removeprefix(f"{OWN}/")
            page = known.get(path)
            if self.looks or page is None:
                asked = must(self.get(line, to), 200)
                page = Page(hidden(asked), radios(asked))
                known.setdefault(path, page)
            given = self.answer_to(path, page.options)
            self.shown, self.open_at = {**page.hidden, "answer": given}, to
            if stop_at_essay and given == self.essay():
                return
            onward = self.save(line, to, self.shown)
            self.said[path] = given
            to = onward if self.looks else _past_what_is_optional(onward)
        if self.looks:
            self.shown = hidden(must(self.get(line, to), 200))

    def send(self, line: Line) -> int:
        """Press the button under the answers once."""
        answer, _ = self.post(line, f"{OWN}/check", {"csrf_token": self.shown["csrf_token"]})
        with self.lock:
            self.told.append(answer.status)
        return answer.status


def _past_what_is_optional(to: str) -> str:
    path = to.removeprefix(f"{OWN}/")
    return f"{OWN}/{OPTIONAL.get(path, path)}"


def hidden(page: Answer) -> dict[str, str]:
    """The hidden fields of a page's form, and the empty box of those that slow machines."""
    found = re.findall(
        r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.body
    )
    found += re.findall(
        r'<input[^>]*name="(shown)"[^>]*type="hidden"[^>]*value="([^"]*)"', page.body
    )
    fields = {name: unescape(value) for name, value in found}
    return {**fields, "website": ""} if "shown" in fields else fields


def radios(page: Answer) -> list[str]:
    """What can be chosen on a page."""
    return [
        unescape(value)
        for value in re.findall(r'name="answer"[^>]*type="radio"[^>]*value="([^"]*)"', page.body)
    ]


def must(answer: Answer, status: int) -> Answer:
    """Raises RuntimeError unless an answer is what anybody would expect."""
    if answer.status != status:
        words = " ".join(re.sub(r"<[^>]+>", " ", answer.body).split())
        raise RuntimeError(f"answered {answer.status}, not {status}: {words[:300]}")
    return answer
