"""The port `Recordings` in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Lock

from mntreamer.domain.recording import Recording, RecordingChanges, RecordingStatus


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

    def newest(
        self, statuses: Sequence[RecordingStatus], limit: int, before: datetime | None = None
    ) -> list[Recording]:
        found = [row for row in self.rows.values() if row.status in statuses]
        found = [row for row in found if before is None or row.started_at < before]
        return sorted(found, key=lambda row: row.started_at, reverse=True)[:limit]
