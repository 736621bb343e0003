"""The port `Recordings` in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Lock

from mntreamer.domain.recordings.library import Shelved
from mntreamer.domain.recordings.recording import PURGED_IN, Recording, RecordingChanges, RecordingStatus
from mntreamer.domain.recordings.recording_order import Place, newest_first


@dataclass
class MemoryRecordings:
    rows: dict[str, Recording] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    days: dict[tuple[str, date], int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def open(self, recording: Recording, day: date) -> Recording | None:
        with self._lock:
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
        with self._lock:
            if alias_id not in self.rows:
                self.aliases.setdefault(alias_id, recording_id)

    def update(self, recording_id: str, changes: RecordingChanges, expect: RecordingChanges) -> Recording | None:
        with self._lock:
            row = self.rows.get(recording_id)
            if row is None or any(getattr(row, name) != value for name, value in expect.items()):
                return None
            self.rows[recording_id] = replace(row, **changes)
            return self.rows[recording_id]

    def newest(self, statuses: Sequence[RecordingStatus], limit: int, behind: Place | None = None) -> list[Recording]:
        found = [row for row in self.rows.values() if row.status in statuses]
        return newest_first(row for row in found if behind is None or behind.is_before(row))[:limit]

    def shelved(self, platform: str, under: str, after: str, limit: int) -> list[Shelved]:
        there = [row for row in self.rows.values() if row.status is not RecordingStatus.TERMINATED]
        found = [row for row in there if row.platform == platform and row.prefix > max(under, after)]
        first = sorted(found, key=lambda row: row.prefix)[:limit]
        return [Shelved(row.prefix, row.recording_id) for row in first if row.prefix.startswith(under)]

    def due_purges(self, now: datetime, limit: int) -> list[str]:
        purges = [(row.purge_at, row.recording_id) for row in self.rows.values() if row.status in PURGED_IN]
        due = sorted((at, recording_id) for at, recording_id in purges if at and at <= now)
        return [recording_id for _, recording_id in due][:limit]
