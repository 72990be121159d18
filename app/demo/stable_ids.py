"""Ids that are the same on every load, so that links into the demo keep working."""

import uuid
from datetime import datetime

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "demo.waymark.example")
_RANDOM_BITS = (1 << 74) - 1


def stable_id(kind: str, key: str, at: datetime) -> uuid.UUID:
    """The id of the thing of this kind and key.

    Shaped as a UUIDv7 of the moment `at`, its random part taken from a UUIDv5: Waymark reads "newest
    first" from the order of ids, so what the demo says happened in 2020 must sort before today.
    """
    chance = uuid.uuid5(_NAMESPACE, f"{kind}:{key}").int & _RANDOM_BITS
    milliseconds = int(at.timestamp() * 1000)
    value = milliseconds << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62
    return uuid.UUID(int=value | (chance & ((1 << 62) - 1)))
