"""The application as it is served, with one more page: so many bytes from memory, behind the same
signed-in check. A page's speed is told as a ratio to that, so it means the same on any machine."""

from flask import Response

from app import create_app
from app.core import access

app = create_app()
_BODIES: dict[int, bytes] = {}


@app.get("/bench/bytes/<int:size>")
@access.signed_in
def send_bytes(size: int) -> Response:
    """`size` bytes of HTML, made once."""
    body = _BODIES.setdefault(size, b"<!doctype html>" + b"x" * (size - 15))
    return Response(body, mimetype="text/html")
