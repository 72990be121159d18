"""URL converters: what a slug looks like, said once."""

import re
import unicodedata

from flask import Flask
from werkzeug.routing import BaseConverter


class SlugConverter(BaseConverter):
    """Lower-case words joined by single hyphens."""

    regex = r"[a-z0-9]+(?:-[a-z0-9]+)*"


def slugify(name: str, longest: int = 80) -> str:
    """A readable slug of a name; "workstream" when nothing readable is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:longest].strip("-") or "workstream"


def register_urls(app: Flask) -> None:
    """Make `<slug:…>` known."""
    app.url_map.converters["slug"] = SlugConverter
