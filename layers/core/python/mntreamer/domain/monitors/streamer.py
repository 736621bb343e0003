"""A streamer and the monitor that says when to look at it next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypedDict

from mntreamer.domain.reason import Reason
from mntreamer.domain.schedule.schedule import Schedule


class StreamerStatus(StrEnum):
    IDLE = "IDLE"
    PROCESS = "PROCESS"
    RECORDING = "RECORDING"


@dataclass(frozen=True, slots=True)
class Streamer:
    """One item of the table `monitors`: the streamer's facts and its monitor.

    `check_at` is when it is due, None while nobody looks: it is paused and has no recording under way. `miss_count`
    is how often in a row it was not live, `error_count` how often in a row there was no answer, `probed_at` when it
    was last claimed for a look. `recording_id` names the recording that is not closed yet. `problem` says in words
    why nothing is recorded although something is on. `recorders` is how many make a recording at once, None for as
    many as usual. `watched_since` is when a pause last ended, None without one.
    `unrecordable_since` is set while it is on air and cannot be recorded, and stays the same until that is over.
    `schedule` is by what it is looked at, None as usual; `habit` the text of what is known of its starts. There were
    `looks` that found nobody live in `looked_days`, both fading in about a month.
    `filters` is the text of what is recorded of it, None for all. `announced_at` is set while it is on air and only
    told of.
    """

    streamer_id: str
    platform: str
    channel_id: str
    nickname: str
    channel_name: str
    added_at: datetime
    watched_since: datetime | None = None
    check_at: datetime | None = None
    miss_count: int = 0
    error_count: int = 0
    probed_at: datetime | None = None
    status: StreamerStatus = StreamerStatus.IDLE
    is_streaming: bool = False
    paused: bool = False
    filters: str | None = None
    schedule: Schedule | None = None
    habit: str | None = None
    looks: float = 0.0
    looked_days: float = 0.0
    priority: int = 0
    max_height: int | None = None
    recorders: int | None = None
    recorded: int = 0
    last_recorded_at: datetime | None = None
    last_stream_at: datetime | None = None
    recording_id: str | None = None
    problem: Reason | None = None
    unrecordable_since: datetime | None = None
    announced_at: datetime | None = None


class StreamerChanges(TypedDict, total=False):
    """The fields of a streamer that one write sets, or expects to find."""

    nickname: str
    channel_name: str
    watched_since: datetime | None
    check_at: datetime | None
    miss_count: int
    error_count: int
    probed_at: datetime | None
    status: StreamerStatus
    is_streaming: bool
    paused: bool
    filters: str | None
    schedule: Schedule | None
    habit: str | None
    looks: float
    looked_days: float
    priority: int
    max_height: int | None
    recorders: int | None
    recorded: int
    last_recorded_at: datetime | None
    last_stream_at: datetime | None
    recording_id: str | None
    problem: Reason | None
    unrecordable_since: datetime | None
    announced_at: datetime | None


def may_be_probed_at(streamer: Streamer, now: datetime, floor: timedelta) -> datetime:
    """The soonest that the platform's floor between two probes of one channel allows."""
    passed = streamer.probed_at + floor if streamer.probed_at else now
    return passed if now < passed <= now + floor else now  # what lies later was written by a wrong clock


def streamer_id_of(platform: str, channel_id: str) -> str:
    return f"{platform}:{channel_id}"
