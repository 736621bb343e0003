"""A request that comes again under its Idempotency-Key is answered again, and done once.

After draft-ietf-httpapi-idempotency-key-header. A key counts for one recording.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mntreamer.domain.errors import Unprocessable
from mntreamer.domain.refining.edits import Answered, Edits

LONGEST_KEY = 255
_KEPT = 200


@dataclass(frozen=True, slots=True)
class OneRequest:
    """`key` is the client's; `request` is a digest of all that is asked for under it."""

    key: str
    request: str


def one_request(key: str, call: str, asked: Mapping[str, object]) -> OneRequest:
    """A call with what it asks for, which JSON can hold. Raises Unprocessable for what can be no key."""
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
        raise Unprocessable(f"an Idempotency-Key has 1 to {LONGEST_KEY} printable characters")
    text = json.dumps([call, asked], sort_keys=True)
    return OneRequest(key, hashlib.sha256(text.encode()).hexdigest()[:32])


def answer_before(edits: Edits, request: OneRequest | None) -> str | None:
    """What the request was answered when it came first. Raises Unprocessable where its key was another request's."""
    if request is None:
        return None
    before = next((answered for answered in edits.answered if answered.key == request.key), None)
    if before and before.request != request.request:
        raise Unprocessable("this Idempotency-Key was used for another request on this recording; take a new one")
    return before.answer if before else None


def with_answer(edits: Edits, request: OneRequest | None, answer: str) -> Edits:
    """The edits with the answer noted; the newest 200 are kept."""
    if request is None:
        return edits
    noted = (*edits.answered, Answered(request.key, request.request, answer))
    return replace(edits, answered=noted[-_KEPT:])
