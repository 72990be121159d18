"""Small on the wire: pages are compressed as they go, and built files are served ready compressed.

Compressing pages that hold a CSRF token is safe here against guessing by length (BREACH): the session
cookie is SameSite=Lax, so another site cannot make a browser fetch signed-in pages over and over.
"""

import re
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from app.extensions import compress

_HASHED = re.compile(r"/static/build/[\w.]+-[0-9a-f]{8,}\.(?:css|js)$")


def register_responses(app: Flask) -> None:
    """Compress pages; serve `static/` before Flask, hashed files for ever."""
    app.config.update(
        COMPRESS_ALGORITHM=["zstd", "br", "gzip"],
        COMPRESS_MIMETYPES=["text/html", "application/json"],
        COMPRESS_MIN_SIZE=1000,
        # Quick rather than tight: a page is compressed once and thrown away.
        COMPRESS_ZSTD_LEVEL=3,
        COMPRESS_BR_LEVEL=3,
        COMPRESS_LEVEL=4,
        COMPRESS_STREAMS=False,
    )
    compress.init_app(app)
    static = Path(app.static_folder or "")
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(static),
        prefix="static/",
        autorefresh=app.debug or app.testing,
        immutable_file_test=lambda _path, url: bool(_HASHED.search(url)),
        add_headers_function=_add_headers,
    )


def _add_headers(headers: dict[str, str], _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
