"""Addresses that came from a browser and may be gone to: only ever a path of our own."""

from urllib.parse import urlsplit


def local_path(url: str | None) -> str | None:
    """`url` when it is a path (and query) of this site, else None.

    Browsers read `//host`, `/\\host`, and the same with stray control characters or spaces, as
    another site, so anything that is not one plain slash and then printable characters is refused.
    """
    if not url or not url.startswith("/") or url.startswith("//"):
        return None
    if "\\" in url or any(character.isspace() or ord(character) < 32 for character in url):
        return None
    parts = urlsplit(url)
    if parts.scheme or parts.netloc:
        return None
    return url
