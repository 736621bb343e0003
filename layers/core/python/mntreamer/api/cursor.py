"""Where a list goes on: text that means nothing to clients, who give it back as it came."""

import base64
import binascii
import json

from mntreamer.domain.errors import Unprocessable

NOT_A_CURSOR = "this is no cursor; give `next` of the page before as it came, or begin without one"


def to_cursor(*place: str) -> str:
    """URL-safe characters."""
    text = json.dumps(place, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def from_cursor(cursor: str, count: int) -> list[str]:
    """The inverse, of so many texts. Raises Unprocessable for what is no cursor."""
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        json.dumps(place, ensure_ascii=False).encode()  # an escape can be half a character, which no database takes
    except (binascii.Error, ValueError, RecursionError):
        place = None
    if not isinstance(place, list) or len(place) != count or not all(isinstance(part, str) for part in place):
        raise Unprocessable(NOT_A_CURSOR)
    return [str(part) for part in place]
