"""The tables in memory, where a test can look on at every write and keep it from happening."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from mntreamer.domain.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.domain.streamer import Streamer, StreamerChanges

T = TypeVar("T", Streamer, Recording)


def _nothing() -> None:
    return None


@dataclass
class MemoryMonitors:
    """`on_write` is called before each write and may raise: the write is then not done."""

    rows: dict[str, Streamer] = field(default_factory=dict)
    on_write: Callable[[], None] = _nothing

    def add(self, streamer: Streamer) -> tuple[Streamer, bool]:
        self.on_write()
        stored = self.rows.setdefault(streamer.streamer_id, streamer)
        return stored, stored is streamer

    def get(self, streamer_id: str) -> Streamer | None:
        return self.rows.get(streamer_id)

    def list_all(self) -> Iterator[Streamer]:
        yield from list(self.rows.values())

    def due(self, now: datetime, limit: int) -> list[Streamer]:
        due = (row for row in self.rows.values() if not row.paused and row.check_at <= now)
        return sorted(due, key=lambda row: row.check_at)[:limit]

    def update(
        self, streamer_id: str, changes: StreamerChanges, expect: StreamerChanges | None = None
    ) -> Streamer | None:
        self.on_write()
        return _update(self.rows, streamer_id, changes, expect or {})

    def remove(self, streamer_id: str) -> bool:
        self.on_write()
        return self.rows.pop(streamer_id, None) is not None


@dataclass
class MemoryRecordings:
    """`on_write` as above."""

    rows: dict[str, Recording] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    days: dict[tuple[str, date], int] = field(default_factory=dict)
    on_write: Callable[[], None] = _nothing

    def open(self, recording: Recording, day: date) -> Recording | None:
        self.on_write()
        taken = self.get(recording.recording_id) is not None
        if taken or recording.n != self.count_of_day(recording.streamer_id, day) + 1:
            return None
        self.rows[recording.recording_id] = recording
        self.days[recording.streamer_id, day] = recording.n
        return recording

    def count_of_day(self, streamer_id: str, day: date) -> int:
        return self.days.get((streamer_id, day), 0)

    def get(self, recording_id: str) -> Recording | None:
        return self.rows.get(self.aliases.get(recording_id, recording_id))

    def add_alias(self, alias_id: str, recording_id: str) -> None:
        self.on_write()
        if alias_id not in self.rows:
            self.aliases.setdefault(alias_id, recording_id)

    def update(self, recording_id: str, changes: RecordingChanges, expect: RecordingChanges) -> Recording | None:
        self.on_write()
        return _update(self.rows, recording_id, changes, expect)

    def newest(
        self, statuses: Sequence[RecordingStatus], limit: int, before: datetime | None = None
    ) -> list[Recording]:
        found = [row for row in self.rows.values() if row.status in statuses]
        found = [row for row in found if before is None or row.started_at < before]
        return sorted(found, key=lambda row: row.started_at, reverse=True)[:limit]


def _update(rows: dict[str, T], key: str, changes: Mapping[str, Any], expect: Mapping[str, Any]) -> T | None:
    row = rows.get(key)
    if row is None or any(getattr(row, name) != value for name, value in expect.items()):
        return None
    rows[key] = replace(row, **changes)
    return rows[key]
