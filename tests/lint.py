"""What every HTML answer must be: well formed, accessible in its bones, free of inline code."""

import re
from collections import Counter

import html5lib
from werkzeug.test import TestResponse

XHTML = "{http://www.w3.org/1999/xhtml}"
# Elements whose address the browser fetches by itself, and the attribute that holds it.
FETCHING = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}


def lint(response: TestResponse, *, fragment: bool) -> None:
    """Raise AssertionError, naming the fault, for an HTML response that should not be sent."""
    if fragment:
        assert not 300 <= response.status_code < 400, "HTMX follows a 3xx and swaps the page in"
    if response.mimetype != "text/html" or not response.data:
        return
    if 300 <= response.status_code < 400:
        return
    text = response.get_data(as_text=True)
    where = f"{response.request.method} {response.request.path}"
    if fragment:
        assert "<html" not in text, f"{where}: a whole page would be swapped into a fragment"
        parser = html5lib.HTMLParser()
        root = parser.parseFragment(f"<div>{text}</div>")
    else:
        parser = html5lib.HTMLParser()
        root = parser.parse(text)
    assert not parser.errors, f"{where}: {[(place, code) for place, code, _ in parser.errors[:5]]}"
    faults = list(_faults(root, text, fragment))
    assert not faults, f"{where}: " + "; ".join(faults)


def _faults(root, text: str, fragment: bool):
    elements = list(root.iter())
    ids = Counter(e.get("id") for e in elements if isinstance(e.tag, str) and e.get("id"))
    for name, times in ids.items():
        if times > 1:
            yield f"id {name!r} {times} times"
    for element in elements:
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.removeprefix(XHTML)
        if element.get("style") is not None or tag == "style":
            yield f"inline style on <{tag}>"
        if tag == "script" and not element.get("src"):
            yield "inline script"
        for attribute in element.attrib:
            name = attribute if isinstance(attribute, str) else attribute[1]
            if name.startswith(("on", "hx-on")):
                yield f"inline handler {name} on <{tag}>"
            if name.startswith("hx-get") and not element.get("action" if tag == "form" else "href"):
                yield f"hx-get without href or action on <{tag}>"
            if name.startswith("hx-post") and not (tag == "form" and element.get("action")):
                yield f"hx-post without a form and action on <{tag}>"
            if name.startswith(("hx-put", "hx-patch", "hx-delete")):
                yield f"{name} on <{tag}>: a form without JavaScript cannot send that"
        posts = tag == "form" and (element.get("method") or "get").lower() == "post"
        if posts and not any(field.get("name") == "csrf_token" for field in element.iter()):
            yield f"form without a CSRF token: {element.get('action')}"
        if tag in FETCHING and re.match(r"(https?:)?//", element.get(FETCHING[tag]) or ""):
            yield f"<{tag}> from another host: {element.get(FETCHING[tag])}"
        if tag == "img" and element.get("alt") is None:
            yield f"img without alt: {element.get('src')}"
        if tag == "label" and element.get("for") and element.get("for") not in ids:
            yield f"label for missing id {element.get('for')!r}"
        for reference in ("aria-describedby", "aria-labelledby"):
            for target in (element.get(reference) or "").split():
                if target not in ids and not fragment:
                    yield f"{reference} names missing id {target!r}"
    if fragment:
        return
    headings = [e for e in elements if e.tag == f"{XHTML}h1"]
    if len(headings) != 1:
        yield f"{len(headings)} h1 elements"
        return
    heading = " ".join("".join(headings[0].itertext()).split())
    title_element = next((e for e in elements if e.tag == f"{XHTML}title"), None)
    title = " ".join((title_element.text or "").split()) if title_element is not None else ""
    if not heading or not title.removeprefix("Error: ").startswith(heading):
        yield f"title {title!r} does not start with the h1 {heading!r}"
    html = next(e for e in elements if e.tag == f"{XHTML}html")
    if html.get("lang") != "en-GB" and html.get("lang") != "en":
        yield "no language"
    if re.search(r"\{\{|\{%", text):
        yield "template code in the page"
