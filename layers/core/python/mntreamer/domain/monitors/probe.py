"""What one look at a channel's live status can show."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mntreamer.domain.reason import Reason


@dataclass(frozen=True, slots=True)
class Live:
    """On air and recordable. `started_at` is the platform's own word for when this live session began."""

    live_id: str
    title: str
    category: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Offline:
    """Not on air. `poll_period` is how long this channel is to be left alone, where that is more than usual."""

    poll_period: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class NotRecordable:
    """On air, but not to be recorded: `reason` says why in words for the person who asked for it."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class UnknownChannel:
    """The platform does not know the channel (any more)."""


@dataclass(frozen=True, slots=True)
class ProbeFailed:
    """No answer that means anything. Never the same as offline.

    `retry_after_s`: how long we were asked to wait. `sent_away`: by HTTP 403 or 429, which may be for this channel.
    """

    reason: Reason
    retry_after_s: float = 0.0
    sent_away: bool = False


@dataclass(frozen=True, slots=True)
class NotAsked:
    """The platform wants to be left alone by everybody for so long, so that it was not even asked."""

    reason: Reason
    retry_after_s: float


Probe = Live | Offline | NotRecordable | UnknownChannel | ProbeFailed | NotAsked


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One that is over."""

    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as its platform names it."""

    channel_id: str
    channel_name: str


@dataclass(frozen=True, slots=True)
class Playback:
    """Where a live session can be played just now.

    `url` is signed: it is passed by hand and never logged or stored. `headers` go with every request to it, and
    `segment_query`, which is as secret, with those for its segments. `rewinds`: more of its past may be shown.
    """

    live_id: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    segment_query: str = ""
    rewinds: bool = False

    def __repr__(self) -> str:
        return f"Playback(live_id={self.live_id!r}, url=<signed>)"
