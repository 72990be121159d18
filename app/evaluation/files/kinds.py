"""Which files a note takes, told by what is in them, never by their name or what a browser says.

`puremagic` knows the signatures. Office files are all zip archives to it, so the part that makes one is
looked for; plain text has no signature, so it must be text from beginning to end. Nothing here is ever
shown in a page: a file is served as a download.
"""

import io
import unicodedata
import zipfile
from pathlib import PurePosixPath

import puremagic

from app.core.errors import Refused

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# What is served as, and the ending that goes with it.
TYPES = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    _WORD: ".docx",
    _EXCEL: ".xlsx",
    _SLIDES: ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "text/csv": ".csv",
    "text/plain": ".txt",
}
ACCEPTED = (*TYPES.values(), ".jpeg")
_PARTS = {
    "word/document.xml": _WORD,
    "xl/workbook.xml": _EXCEL,
    "ppt/presentation.xml": _SLIDES,
}
_MOST_ENTRIES = 5_000
_LONGEST_NAME = 120
_NO_NAME = dict.fromkeys(map(ord, '<>:"|?*'))  # no Windows has them in a name
_WHICH = "PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, CSV or plain text"


def type_of(content: bytes, filename: str) -> str:
    """The media type of a file, one of TYPES. Raises Refused, beside the field `file`, for any other."""
    if content[:4] == b"PK\x03\x04":
        found = _archive(content)
    else:
        try:
            best = puremagic.magic_string(content)[0]
            found = best.mime_type if best.mime_type in TYPES else ""
        except (puremagic.PureError, ValueError, IndexError):
            found = _text(content, filename)
    if not found:
        raise Refused(f"Choose a file that is {_WHICH}, without macros", "file")
    return found


def _archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if len(names) > _MOST_ENTRIES or any("vbaproject" in name.lower() for name in names):
                return ""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                return said if said in TYPES else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return ""
    return next((kind for part, kind in _PARTS.items() if part in names), "")


def _text(content: bytes, filename: str) -> str:
    ending = PurePosixPath(filename.lower()).suffix
    kind = {".csv": "text/csv", ".txt": "text/plain", ".md": "text/plain"}.get(ending, "")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")  # how Excel saves CSV on Windows
        except UnicodeDecodeError:
            return ""
    controls = any(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f" for c in text)
    return "" if controls else kind


def safe_name(filename: str, kind: str) -> str:
    """The name that it is kept and served under: without folders and odd signs, with the ending that
    says what it is."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable())
    plain = plain.translate(_NO_NAME).strip(" .")
    stem = PurePosixPath(plain).stem if "." in plain else plain
    return f"{stem[:_LONGEST_NAME] or 'file'}{TYPES[kind]}"
