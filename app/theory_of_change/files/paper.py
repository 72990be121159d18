"""A map on one sheet of A3 or A4 as a tagged PDF (PDF/UA-1), and as a PNG: both set by Typst from the SVG."""

import re
from pathlib import Path
from typing import Any

from app.delivery.exports.pdf import typeset
from app.theory_of_change.drawing.words import link_name
from app.theory_of_change.files.map_file import MapFile

PAPERS = ("a4", "a3")
_SIZE = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
_SHEET = Path(__file__).with_name("sheet.typ")
_PICTURE = Path(__file__).with_name("picture.typ")


def write_pdf(file: MapFile, paper: str = "a3") -> bytes:
    """The PDF's bytes; `paper` is one of `PAPERS`. Raises NotTypeset."""
    return typeset(
        _SHEET,
        {
            **_data(file, title=False),
            "paper": paper,
            "title": file.title,
            "status": file.status,
            "lines": file.lines,
            "made": {"year": file.today.year, "month": file.today.month, "day": file.today.day},
            "alt": in_words(file),
        },
    )


def write_png(file: MapFile) -> bytes:
    """The PNG's bytes. Raises NotTypeset."""
    return typeset(_PICTURE, _data(file, title=True), png=True)


def _data(file: MapFile, *, title: bool) -> dict[str, Any]:
    svg = str(file.picture(title=title))
    width, height = map(int, _SIZE.search(svg).groups())  # type: ignore[union-attr]
    return {"svg": svg, "flipped": width > height, "undrawn": False}


def in_words(file: MapFile) -> str:
    """The whole picture for somebody who cannot see it: each step, and each link after its own."""
    the_map, view = file.the_map, file.view
    said = [f"Map of “{the_map.title}”."]
    for node in the_map.nodes:
        sign = view.nodes.get(node.id) if view else None
        said.append(f"{node.kind.label}: {node.text}{f' ({sign.words})' if sign else ''}.")
        for link in the_map.out_of(node.id):
            said.append(f"{link_name(the_map, link, view.links.get(link.id) if view else None)}.")
    return " ".join(said)
