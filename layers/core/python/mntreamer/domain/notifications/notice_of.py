"""Which change of a row is worth a notice: the same wherever rows are kept, and decided from the change alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mntreamer.domain.monitors.platform_state import PlatformState
from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.domain.notifications.notice import Fact, Notice, NoticeType
from mntreamer.domain.recordings.lease import LAUNCH_LIMIT
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.domain.times import to_iso

Watched = Recording | Streamer | PlatformState

_CHANNEL = ("platform", "channel_id", "channel_name")
_RECORDING = (*_CHANNEL, "recording_id", "live_id", "part", "title", "category", "started_at", "prefix")
_STORED = ("duration_s", "size_bytes", "segments", "coverage", "gaps", "gap_s", "lost_segments")
_OF_RECORDING: dict[NoticeType, Sequence[str]] = {
    NoticeType.STARTED: (*_RECORDING, "first_segment_at"),
    NoticeType.FAILING: (*_RECORDING, "fruitless_launches", "problem"),
    NoticeType.ENDED: (*_RECORDING, "first_segment_at", "ended_at", "closed_at", "stopped_at", *_STORED),
    NoticeType.FAILED: (*_RECORDING, "ended_at", "closed_at", "lost_segments", "problem"),
}
_STREAMER = (*_CHANNEL, "streamer_id", "nickname", "problem")
_PLATFORM = ("platform", "reason", "paused_until", "blocks")


def notice_of(old: Watched, new: Watched, at: datetime) -> Notice | None:
    """What to tell of a row that was `old` and is `new` since `at`."""
    match old, new:
        case Recording(), Recording():
            return _of_recording(old, new, at)
        case Streamer(), Streamer():
            return _of_streamer(old, new, at)
        case PlatformState(), PlatformState():
            return _of_platform(old, new, at)
    return None


def _of_recording(old: Recording, new: Recording, at: datetime) -> Notice | None:
    kind = _what_became_of(old, new)
    if kind is None:
        return None
    # A launch forgets the problem of the one before.
    told = replace(new, problem=old.problem) if kind is NoticeType.FAILING else new
    return Notice(kind, new.recording_id, at, _facts(told, _OF_RECORDING[kind]))


def _what_became_of(old: Recording, new: Recording) -> NoticeType | None:
    was_made, is_made = (row.status is RecordingStatus.RECORDING for row in (old, new))
    if was_made and new.status is RecordingStatus.IDLE:
        return NoticeType.ENDED
    if was_made and new.status is RecordingStatus.FAILED:
        return NoticeType.FAILED
    if is_made and new.first_segment_at and not old.first_segment_at:
        return NoticeType.STARTED
    if is_made and old.fruitless_launches < LAUNCH_LIMIT <= new.fruitless_launches:
        return NoticeType.FAILING
    return None


def _of_streamer(old: Streamer, new: Streamer, at: datetime) -> Notice | None:
    """Once for each time that it is on air and not recorded, however often it is looked at meanwhile."""
    kinds = {"unrecordable_since": NoticeType.NOT_RECORDABLE, "announced_at": NoticeType.LIVE}
    for name, kind in kinds.items():
        since = getattr(new, name)
        if since and since != getattr(old, name):
            return Notice(kind, new.streamer_id, at, _facts(new, _STREAMER))
    return None


def _of_platform(old: PlatformState, new: PlatformState, at: datetime) -> Notice | None:
    """Once for each time that it is closed, however often it is tried meanwhile."""
    if bool(old.blocks) == bool(new.blocks):
        return None
    kind = NoticeType.BLOCKED if new.blocks else NoticeType.UNBLOCKED
    return Notice(kind, new.platform, at, _facts(new if new.blocks else old, _PLATFORM))


def _facts(row: Watched, names: Sequence[str]) -> dict[str, Fact]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Fact | datetime) -> Fact:
    return to_iso(value) if isinstance(value, datetime) else value
