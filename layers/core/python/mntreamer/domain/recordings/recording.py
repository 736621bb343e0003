"""A recording: what is kept of one live session, and the lease under which one recorder at a time makes it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from mntreamer.domain.reason import Reason


class RecordingStatus(StrEnum):
    RECORDING = "RECORDING"
    IDLE = "IDLE"
    DONE = "DONE"
    TERMINATED = "TERMINATED"
    FAILED = "FAILED"


# Where something of a recording may be deleted for good.
PURGED_IN = (RecordingStatus.IDLE, RecordingStatus.DONE, RecordingStatus.TERMINATED)


@dataclass(frozen=True, slots=True)
class Recording:
    """One item of the table `recordings`.

    `part` counts the parts of one live session: one that `is_full` goes on in the next.
    `n` counts the channel's recordings of that day. `prefix` is where its objects lie, with a slash at the end.
    The lease: `generation` is its holder's, who alone may write; the recording needs a new recorder once
    `lease_until` has passed. `recorders` is how many are to be at work at once. The second is the `standby`, told by
    its own generation, whose lease on the seat beside the holder lasts until `standby_until`; of who took over from
    the holder both numbers are the same. `leaving_at` is when the holder was told to leave: it stays until it is
    taken over.
    `ended_at` is when the platform was first seen to be over.
    `fruitless_launches` counts launches since a segment was last stored, `problem` is what went wrong with the last.
    `detection_delay_s` lies between the platform's own begin and the first probe that saw the session; None where
    the session began before its streamer was watched. `gaps` counts its holes, which miss `lost_segments` source
    segments and `gap_s` seconds of the source; `coverage` is the share of the source's seconds that is stored, None
    while there are none.
    `has_poster` and `has_thumbnails`: whether there are pictures of it.
    `stopped_at` is when a person ended it: it is not taken up again. Deleted, it `restores_to` what it was before;
    `restored_at` is when it last did. At `purge_at` the objects that were given up are deleted for good, all of a
    deleted recording's; of those nothing comes back once it has begun. `purged_at` is when nothing was left;
    `purge_at` is then when to look again.
    """

    recording_id: str
    streamer_id: str
    platform: str
    channel_id: str
    channel_name: str
    live_id: str
    title: str
    category: str
    started_at: datetime
    opened_at: datetime
    n: int
    prefix: str
    generation: int
    lease_until: datetime
    status: RecordingStatus = RecordingStatus.RECORDING
    part: int = 1
    is_full: bool = False
    max_height: int | None = None
    recorders: int = 1
    standby: int | None = None
    standby_until: datetime | None = None
    leaving_at: datetime | None = None
    fruitless_launches: int = 1
    problem: Reason | None = None
    detection_delay_s: float | None = None
    first_segment_at: datetime | None = None
    last_segment_at: datetime | None = None
    ended_at: datetime | None = None
    closed_at: datetime | None = None
    segments: int = 0
    duration_s: float = 0.0
    size_bytes: int = 0
    lost_segments: int = 0
    gaps: int = 0
    gap_s: float = 0.0
    coverage: float | None = None
    stopped_at: datetime | None = None
    deleted_at: datetime | None = None
    restores_to: RecordingStatus | None = None
    restored_at: datetime | None = None
    purge_at: datetime | None = None
    purge_began_at: datetime | None = None
    purged_at: datetime | None = None
    has_poster: bool = False
    has_thumbnails: bool = False


class RecordingChanges(TypedDict, total=False):
    """The fields of a recording that one write sets, or expects to find."""

    title: str
    category: str
    generation: int
    lease_until: datetime
    standby: int | None
    standby_until: datetime | None
    leaving_at: datetime | None
    status: RecordingStatus
    is_full: bool
    fruitless_launches: int
    problem: Reason | None
    first_segment_at: datetime | None
    last_segment_at: datetime | None
    ended_at: datetime | None
    closed_at: datetime | None
    segments: int
    duration_s: float
    size_bytes: int
    lost_segments: int
    gaps: int
    gap_s: float
    coverage: float | None
    stopped_at: datetime | None
    deleted_at: datetime | None
    restores_to: RecordingStatus | None
    restored_at: datetime | None
    purge_at: datetime | None
    purge_began_at: datetime | None
    purged_at: datetime | None
    has_poster: bool
    has_thumbnails: bool


def recording_id_of(streamer_id: str, live_id: str, part: int = 1) -> str:
    """`chzzk:<channel id>:<live id>`; from the second part on with its number behind a dot."""
    return f"{streamer_id}:{live_id}" + (f".{part}" if part > 1 else "")
