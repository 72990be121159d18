"""The built style sheet and script, by their plain names.

The build (``make build``) writes ``app/static/build/manifest.json``, which says which
content-hashed file ``app.css`` and ``app.js`` are today. Templates ask for the plain name:
``{{ asset("app.css") }}``.
"""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask, current_app


class AssetsNotBuilt(RuntimeError):
    """The styles and scripts have not been made yet."""


def register_assets(app: Flask) -> None:
    """Give templates ``asset(name)``: the URL of a built file.

    The manifest is read once per process; in debug mode it is read again each time, so that
    ``--watch`` shows its work without a restart.
    """
    manifest: dict[str, str] = {}

    def asset(name: str) -> str:
        nonlocal manifest
        if not manifest or current_app.debug:
            manifest = _read_manifest(Path(current_app.static_folder or ""))
        try:
            built = manifest[name]
        except KeyError:
            raise AssetsNotBuilt(
                f"{name!r} is not in the build manifest. Run make build."
            ) from None
        # Written out: an error page for a foreign host name has no URL map to ask.
        return f"/static/build/{built}"

    app.add_template_global(asset, "asset")


def _read_manifest(static_folder: Path) -> dict[str, str]:
    path = static_folder / "build" / "manifest.json"
    try:
        names = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AssetsNotBuilt(f"There is no {path}. Run make build.") from None
    return {str(name): str(built) for name, built in names.items()}
