"""The port `Recordings` on SQLite."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from mntreamer.domain.recordings.library import Shelved
from mntreamer.domain.recordings.recording import PURGED_IN, Recording, RecordingChanges, RecordingStatus
from mntreamer.domain.recordings.recording_order import Place
from mntreamer.domain.times import to_iso
from mntreamer_local.sqlite.row_changes import watching
from mntreamer_local.sqlite.table import SqliteTable

_SCHEMA = [
    "CREATE INDEX IF NOT EXISTS by_status ON recordings (status, started_at)",
    "CREATE INDEX IF NOT EXISTS library ON recordings (prefix, recording_id) WHERE status <> 'TERMINATED'",
    "CREATE INDEX IF NOT EXISTS by_purge ON recordings (purge_at) WHERE purge_at IS NOT NULL",
    "CREATE TABLE IF NOT EXISTS aliases (alias_id PRIMARY KEY, recording_id NOT NULL)",
    "CREATE TABLE IF NOT EXISTS days (streamer_id, day, n NOT NULL, PRIMARY KEY (streamer_id, day))",
    *watching("recordings", Recording, ("status", "first_segment_at", "fruitless_launches")),
]
_COUNT_OF_DAY = "SELECT n FROM days WHERE streamer_id = ? AND day = ?"
_SET_COUNT = "INSERT INTO days VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = excluded.n"
_BEHIND = "AND started_at <= ? AND (started_at < ? OR recording_id > ?)"
_SHELVED = """
    SELECT prefix, recording_id FROM recordings WHERE prefix > ? AND status <> 'TERMINATED' ORDER BY prefix LIMIT ?
"""
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

    def newest(self, statuses: Sequence[RecordingStatus], limit: int, behind: Place | None = None) -> list[Recording]:
        places = ", ".join("?" * len(statuses))
        values: list[str | int] = [*statuses]
        if behind:
            values += [to_iso(behind.started_at), to_iso(behind.started_at), behind.recording_id]
        later = _BEHIND if behind else ""
        clause = f"WHERE status IN ({places}) {later} ORDER BY started_at DESC, recording_id LIMIT ?"
        return self._table.select(clause, [*values, limit])

    def shelved(self, platform: str, under: str, after: str, limit: int) -> list[Shelved]:  # noqa: ARG002 -- the prefix begins with it
        rows = self._table.connection().execute(_SHELVED, [max(under, after), limit]).fetchall()
        found = (Shelved(row["prefix"], row["recording_id"]) for row in rows)
        return [shelved for shelved in found if shelved.prefix.startswith(under)]

    def due_purges(self, now: datetime, limit: int) -> list[str]:
        places = ", ".join("?" * len(PURGED_IN))
        clause = f"WHERE purge_at <= ? AND status IN ({places}) ORDER BY purge_at LIMIT ?"
        due = self._table.select(clause, [to_iso(now), *PURGED_IN, limit])
        return [recording.recording_id for recording in due]
