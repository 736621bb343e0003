"""The tables and the store, told of before each write: the writer may be dead by then, or too late."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.monitors.due import Due
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges
from mntreamer.domain.recordings.library import Shelved
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.domain.recordings.recording_order import Place
from mntreamer.ports import Monitors, Recordings
from tests.state.actor import Write
from tests.state.memory_store import MemoryStore

BeforeWrite = Callable[[Write], None]


@dataclass
class WatchedMonitors:
    """`added` is told of each streamer that is new, before anything else happens to it."""

    monitors: Monitors
    before_write: BeforeWrite
    added: Callable[[Streamer], None]

    def add(self, streamer: Streamer) -> tuple[Streamer, bool]:
        self.before_write(Write(streamer.streamer_id))
        stored, is_new = self.monitors.add(streamer)
        if is_new:
            self.added(stored)
        return stored, is_new

    def get(self, streamer_id: str) -> Streamer | None:
        return self.monitors.get(streamer_id)

    def listed(self, limit: int, behind: str | None = None) -> list[Streamer]:
        return self.monitors.listed(limit, behind)

    def due(self, now: datetime, limit: int) -> list[Due]:
        return self.monitors.due(now, limit)

    def update(
        self, streamer_id: str, changes: StreamerChanges, expect: StreamerChanges | None = None
    ) -> Streamer | None:
        self.before_write(Write(streamer_id, {**changes}))
        return self.monitors.update(streamer_id, changes, expect)

    def remove(self, streamer_id: str) -> bool:
        self.before_write(Write(streamer_id))
        return self.monitors.remove(streamer_id)


@dataclass
class WatchedRecordings:
    """`closed` is told of each recording that stops being under way."""

    recordings: Recordings
    before_write: BeforeWrite
    closed: Callable[[Recording], None]

    def open(self, recording: Recording, day: date) -> Recording | None:
        self.before_write(Write(recording.recording_id))
        return self.recordings.open(recording, day)

    def count_of_day(self, streamer_id: str, day: date) -> int:
        return self.recordings.count_of_day(streamer_id, day)

    def get(self, recording_id: str) -> Recording | None:
        return self.recordings.get(recording_id)

    def add_alias(self, alias_id: str, recording_id: str) -> None:
        self.before_write(Write(alias_id))
        self.recordings.add_alias(alias_id, recording_id)

    def update(self, recording_id: str, changes: RecordingChanges, expect: RecordingChanges) -> Recording | None:
        self.before_write(Write(recording_id, {**changes}))
        updated = self.recordings.update(recording_id, changes, expect)
        if updated and changes.get("status", RecordingStatus.RECORDING) is not RecordingStatus.RECORDING:
            self.closed(updated)
        return updated

    def newest(self, statuses: Sequence[RecordingStatus], limit: int, behind: Place | None = None) -> list[Recording]:
        return self.recordings.newest(statuses, limit, behind)

    def shelved(self, platform: str, under: str, after: str, limit: int) -> list[Shelved]:
        return self.recordings.shelved(platform, under, after, limit)

    def due_purges(self, now: datetime, limit: int) -> list[str]:
        return self.recordings.due_purges(now, limit)


@dataclass
class WatchedStore(MemoryStore):
    """`recorded` are the keys of all segments that were ever stored."""

    before_write: BeforeWrite = lambda _: None
    recorded: set[str] = field(default_factory=set)

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        self.before_write(Write(key))
        if SEGMENTS in key:
            self.recorded.add(key)
        return super().put(key, body, content_type, replaces)

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            self.before_write(Write(key))
            super().delete([key])
