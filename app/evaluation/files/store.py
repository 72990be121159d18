"""Where the files of notes are kept: a folder, or a bucket of an S3-compatible service.

The setting FILES says which: empty is the folder `files` of the instance, `s3://bucket/folder` a bucket
(keys, region and endpoint from the environment, as AWS's own tools read them). Nothing but the key, which
is made up, says what a file is: names and types are in the database, behind the rules of who may read.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import obstore
from flask import current_app
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, from_url

# A bucket that does not answer must not hold a page for minutes.
_CLIENT: Any = {"timeout": "20s", "connect_timeout": "5s"}
_RETRIES: Any = {"max_retries": 2}


class FileGone(RuntimeError):
    """The store has no such file, or does not answer."""


def put(key: str, content: bytes) -> None:
    """Keep a file. Raises FileGone when the store does not take it."""
    try:
        obstore.put(_store(), key, content)
    except (BaseError, OSError) as error:
        raise FileGone("The store did not take a file.") from error


def get(key: str) -> bytes:
    """A file's bytes. Raises FileGone."""
    try:
        return bytes(obstore.get(_store(), key).bytes())
    except (BaseError, OSError) as error:
        raise FileGone("The store did not give a file.") from error


def delete(key: str) -> None:
    """Forget a file; one that has gone already is gone. Raises FileGone when the store does not answer."""
    try:
        obstore.delete(_store(), key)
    except (NotFoundError, FileNotFoundError):
        return
    except (BaseError, OSError) as error:
        raise FileGone("The store did not delete a file.") from error


def everything() -> Iterator[tuple[str, datetime]]:
    """The key of every file in the store, and when it was put there."""
    for some in obstore.list(_store()):
        for one in some:
            yield one["path"], one["last_modified"]


def _store() -> Any:
    return _opened(current_app.config["FILES"] or str(current_app.config["INSTANCE"] / "files"))


@cache
def _opened(where: str) -> Any:
    if "://" not in where:
        Path(where).mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(where)
    return from_url(where, client_options=_CLIENT, retry_config=_RETRIES)
