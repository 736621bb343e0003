"""The port `Recordings` on SQLite."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from mntreamer.domain.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.domain.times import to_iso
from mntreamer_local.sqlite_table import SqliteTable

_SCHEMA = [
    "CREATE INDEX IF NOT EXISTS by_status ON recordings (status, started_at)",
    "CREATE TABLE IF NOT EXISTS aliases (alias_id PRIMARY KEY, recording_id NOT NULL)",
    "CREATE TABLE IF NOT EXISTS days (streamer_id, day, n NOT NULL, PRIMARY KEY (streamer_id, day))",
]
_COUNT_OF_DAY = "SELECT n FROM days WHERE streamer_id = ? AND day = ?"
_SET_COUNT = "INSERT INTO days VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = excluded.n"
# A key that leads to a recording already keeps doing so.
_ALIAS = """
    INSERT OR IGNORE INTO aliases SELECT ?1, ?2
    WHERE NOT EXISTS (SELECT * FROM recordings WHERE recording_id = ?1)
"""


class SqliteRecordings:
    """The table `recordings` in the database file at `path`, with its aliases and its counters of days."""

    def __init__(self, path: Path) -> None:
        self._table = SqliteTable(path, "recordings", Recording, "recording_id", _SCHEMA)

    def open(self, recording: Recording, day: date) -> Recording | None:
        with self._table.transaction() as connection:
            if self.count_of_day(recording.streamer_id, day) + 1 != recording.n or self.get(recording.recording_id):
                return None
            self._table.insert_in(connection, recording)
            connection.execute(_SET_COUNT, [recording.streamer_id, day.isoformat(), recording.n])
        return recording

    def count_of_day(self, streamer_id: str, day: date) -> int:
        found = self._table.connection().execute(_COUNT_OF_DAY, [streamer_id, day.isoformat()]).fetchone()
        return int(found["n"]) if found else 0

    def get(self, recording_id: str) -> Recording | None:
        found = self._table.select(
            "WHERE recording_id = coalesce((SELECT recording_id FROM aliases WHERE alias_id = ?1), ?1)",
            [recording_id],
        )
        return found[0] if found else None

    def add_alias(self, alias_id: str, recording_id: str) -> None:
        with self._table.transaction() as connection:
            connection.execute(_ALIAS, [alias_id, recording_id])

    def update(self, recording_id: str, changes: RecordingChanges, expect: RecordingChanges) -> Recording | None:
        return self._table.update(recording_id, changes, expect)

    def newest(
        self, statuses: Sequence[RecordingStatus], limit: int, before: datetime | None = None
    ) -> list[Recording]:
        places = ", ".join("?" * len(statuses))
        earlier = "AND started_at < ?" if before else ""
        values = [*statuses, *([to_iso(before)] if before else []), limit]
        clause = f"WHERE status IN ({places}) {earlier} ORDER BY started_at DESC, recording_id LIMIT ?"
        return self._table.select(clause, values)
