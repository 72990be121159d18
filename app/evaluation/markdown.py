"""Markdown as safe HTML: what people typed is never markup of their own, has no pictures and runs nothing.

`markdown-it` knows no raw HTML here; `nh3` then lets through only the few elements below.
"""

from collections.abc import Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_TAGS = frozenset(
    [
        "p",
        "br",
        "strong",
        "em",
        "s",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
_PARSER = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(
    ["table", "strikethrough"]
)
_PARSER.disable("image")
_CLASSES = {
    "p": "wm-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "table": "govuk-table",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
}


def as_html(text: str) -> Markup:
    """The text as HTML that can stand in a page, below its own headings: "# …" is an h3."""
    tokens = _PARSER.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
    shown = _PARSER.renderer.render(tokens, _PARSER.options, {})
    safe = nh3.clean(
        shown,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={tag: {"class": named} for tag, named in _CLASSES.items()},
    )
    return Markup(safe)  # noqa: S704 (cleaned above)


def as_plain(text: str) -> str:
    """The words alone, a line for each paragraph: for files and the beginnings of lists."""
    lines: list[str] = []
    for token in _PARSER.parse(text):
        if token.type == "inline":
            lines.append(_words(token.children or ()))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.strip())
    return "\n".join(line for line in lines if line)


def _words(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        else:
            parts.append(token.content)
    return "".join(parts)
