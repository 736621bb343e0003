"""What one look at a channel's live status can show."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Live:
    """On air and recordable. `started_at` is the platform's own word for when this live session began."""

    live_id: str
    title: str
    category: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Offline:
    """Not on air."""


@dataclass(frozen=True, slots=True)
class NotRecordable:
    """On air, but not to be recorded: `reason` says why in words for the person who asked for it."""

    reason: str


@dataclass(frozen=True, slots=True)
class UnknownChannel:
    """The platform does not know the channel (any more)."""


@dataclass(frozen=True, slots=True)
class ProbeFailed:
    """No answer that means anything. Never the same as offline.

    `retry_after_s`: how long the platform as a whole is to be left alone; None where only this answer failed.
    """

    reason: str
    retry_after_s: float | None = None


Probe = Live | Offline | NotRecordable | UnknownChannel | ProbeFailed


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as its platform names it."""

    channel_id: str
    channel_name: str


@dataclass(frozen=True, slots=True)
class Playback:
    """Where a live session can be played just now.

    `url` is signed: it is passed by hand and never logged or stored. `headers` go with every request to it.
    """

    live_id: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return f"Playback(live_id={self.live_id!r}, url=<signed>)"
