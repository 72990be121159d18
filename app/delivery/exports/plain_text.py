"""Text that XML can hold: what no file of Word or Excel may contain is left out."""

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def for_xml(text: str) -> str:
    """`text` without characters that XML does not know."""
    return _NOT_XML.sub("", text)
