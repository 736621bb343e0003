"""A streamer and the monitor that says when to look at it next."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypedDict


class StreamerStatus(StrEnum):
    IDLE = "IDLE"
    PROCESS = "PROCESS"
    RECORDING = "RECORDING"


@dataclass(frozen=True, slots=True)
class Streamer:
    """One item of the table `monitors`: the streamer's facts and its monitor.

    `check_at` is when it is due; `miss_count` how often in a row it was not live. `recording_id` names the
    recording that is not closed yet. `problem` says in words why nothing is recorded although something is on.
    """

    streamer_id: str
    platform: str
    channel_id: str
    nickname: str
    channel_name: str
    added_at: datetime
    check_at: datetime
    miss_count: int = 0
    status: StreamerStatus = StreamerStatus.IDLE
    is_streaming: bool = False
    paused: bool = False
    priority: int = 0
    max_height: int | None = None
    recorded: int = 0
    last_recorded_at: datetime | None = None
    last_stream_at: datetime | None = None
    recording_id: str | None = None
    problem: str | None = None


class StreamerChanges(TypedDict, total=False):
    """The fields of a streamer that one write sets, or expects to find."""

    nickname: str
    channel_name: str
    check_at: datetime
    miss_count: int
    status: StreamerStatus
    is_streaming: bool
    paused: bool
    priority: int
    max_height: int | None
    recorded: int
    last_recorded_at: datetime | None
    last_stream_at: datetime | None
    recording_id: str | None
    problem: str | None


def streamer_id_of(platform: str, channel_id: str) -> str:
    return f"{platform}:{channel_id}"
