"""Sets one document in a process of its own: `python -I typesetting.py plan.typ pdf <data.json >plan.pdf`.

Typst keeps what it has set in memory and never gives it back (about half a megabyte for each row of a
plan), and a text that upset it would take the web server along. So this is a small program that ends
after one document. It imports nothing of Waymark's.
"""

import contextlib
import json
import re
import resource
import sys
import unicodedata
from pathlib import Path
from typing import Literal

import typst

UNDRAWN = "\u25a1"
# Each try finds further characters that no font has; then everything unusual goes.
TRIES = 4
Ending = Literal["pdf", "png"]
PNG_PPI = 120
MOST_MEMORY = 3 * 1024**3
_COMPLAINT = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(template: Path, data: str, ending: Ending = "pdf") -> bytes:
    """The PDF (or PNG) of `data` (JSON), with a box for what the fonts that come with Typst cannot draw.

    PDF/UA forbids a missing letter, so Typst refuses the whole text and names each of them.
    """
    for _ in range(TRIES):
        try:
            return _compiled(template, data, ending)
        except typst.TypstError as error:
            undrawn = _named(error.diagnostic)
            if not undrawn:
                raise
            data = _without(data, undrawn)
    unusual = {c for c in data if ord(c) > 0x24F} - {UNDRAWN}
    return _compiled(template, _without(data, unusual), ending)


def _compiled(template: Path, data: str, ending: Ending) -> bytes:
    return typst.compile(
        template,
        format=ending,
        ppi=PNG_PPI,
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        pdf_standards=["ua-1"] if ending == "pdf" else [],
        sys_inputs={"data": data},
        root=template.parent,
        # There is no such folder: a template that wanted a package would find none.
        package_path=template / "none",
        package_cache_path=template / "none",
    )


def _named(complaints: str) -> set[str]:
    """The characters that Typst complains of."""
    named = set()
    for text in _COMPLAINT.findall(complaints):
        named |= {*_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)}
    return named


def _without(data: str, undrawn: set[str]) -> str:
    """`data` with a box for each; a mark that only changes the letter before it just goes."""
    table = {
        ord(c): "" if unicodedata.category(c) in ("Mn", "Mc", "Me", "Cf") else UNDRAWN
        for c in undrawn
    }
    shown = json.loads(data.translate(table))
    shown["undrawn"] = True
    return json.dumps(shown, ensure_ascii=False)


def main() -> None:
    """Standard input to standard output."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    ending: Ending = "png" if sys.argv[2] == "png" else "pdf"
    made = typeset(Path(sys.argv[1]), sys.stdin.buffer.read().decode(), ending)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
