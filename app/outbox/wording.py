"""Message bodies as they are kept and shown: links made clickable, and blanked once sent."""

import re

from markupsafe import Markup, escape

LINK = re.compile(r"https?://[^\s<>\"]+")
AGAIN = "[link]"
BLANKED = "[The link was in the message. It is not kept here, because whoever has it could use it.]"


def without_links(body: str) -> str:
    """The body without its links: once a message is sent, a live link must not lie around."""
    return LINK.sub(AGAIN, LINK.sub(BLANKED, body, count=1))


def as_html(body: str) -> Markup:
    """The body as paragraphs of HTML: escaped, each link clickable."""
    paragraphs = [_with_links(paragraph) for paragraph in re.split(r"\n\s*\n", body.strip())]
    return Markup("\n").join(Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs)


def _with_links(text: str) -> Markup:
    parts = []
    end = 0
    for found in LINK.finditer(text):
        parts.append(escape(text[end : found.start()]))
        parts.append(Markup('<a href="{0}">{0}</a>').format(found.group()))
        end = found.end()
    parts.append(escape(text[end:]))
    return Markup("").join(parts).replace("\n", Markup("<br>\n"))
