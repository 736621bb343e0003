"""A notice: something that happened, told in one versioned shape on every way."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from mntreamer.domain.errors import BadInput
from mntreamer.domain.times import from_iso, to_iso

VERSION = 1
Fact = str | int | float | bool | None


class NoticeType(StrEnum):
    STARTED = "recording.started"
    FAILING = "recording.failing"
    ENDED = "recording.ended"
    FAILED = "recording.failed"
    LIVE = "streamer.live"
    NOT_RECORDABLE = "streamer.not_recordable"
    BLOCKED = "platform.blocked"
    UNBLOCKED = "platform.unblocked"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Notice:
    """`subject` is the id of the recording, the streamer or the platform that it is about, `at` when that changed."""

    type: NoticeType
    subject: str
    at: datetime
    facts: Mapping[str, Fact]

    @property
    def notice_id(self) -> str:
        """The same for the same change, however often it is told, so that whoever is told can tell it is."""
        told_of = f"{self.type}\n{self.subject}\n{to_iso(self.at)}"
        return f"msg_{hashlib.sha256(told_of.encode()).hexdigest()[:32]}"


def document_of(notice: Notice) -> dict[str, Any]:
    """The notice as JSON has it: `type`, `timestamp` and `data` are named as Standard Webhooks names them."""
    return {
        "version": VERSION,
        "id": notice.notice_id,
        "type": notice.type.value,
        "timestamp": to_iso(notice.at),
        "subject": notice.subject,
        "data": dict(notice.facts),
    }


def render_notice(notice: Notice) -> str:
    return json.dumps(document_of(notice), ensure_ascii=False)


def notice_in(document: object) -> Notice:
    """The inverse of `document_of`. Raises BadInput for what it has not made."""
    match document:
        case {"version": 1, "type": str(kind), "timestamp": str(at), "subject": str(subject), "data": dict(facts)}:
            try:
                return Notice(NoticeType(kind), subject, from_iso(at), facts)
            except ValueError as error:
                raise BadInput(f"this is no notice: {error}") from None
    raise BadInput(f"this is no notice of version {VERSION}")


def parse_notice(text: str) -> Notice:
    """The inverse of `render_notice`. Raises BadInput for what it has not made."""
    try:
        return notice_in(json.loads(text))
    except ValueError:
        raise BadInput("this is no notice, not even JSON") from None
