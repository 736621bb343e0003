"""Where a list goes on: text that means nothing to clients, who give it back as it came."""

import base64
import binascii
import json
from typing import Any

from mntreamer.domain.errors import Unprocessable

_LONGEST_KEY_BYTES = 1024  # DynamoDB's, of a sort key
NOT_A_CURSOR = "this is no cursor; give `next` of the page before as it came, or begin without one"


def to_cursor(*place: str) -> str:
    """URL-safe characters."""
    text = json.dumps(place, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def from_cursor(cursor: str, count: int) -> list[str]:
    """The inverse, of so many texts. Raises Unprocessable for what is no cursor."""
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        fits = isinstance(place, list) and len(place) == count and all(map(_can_be_key, place))
    except (binascii.Error, ValueError, RecursionError):
        fits = False
    if not fits:
        raise Unprocessable(NOT_A_CURSOR)
    return [str(part) for part in place]


def _can_be_key(part: Any) -> bool:
    """Whether a database takes it. Raises ValueError for an escape that is half a character."""
    return isinstance(part, str) and 0 < len(part.encode()) <= _LONGEST_KEY_BYTES
