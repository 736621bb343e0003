"""The port `Monitors` on SQLite."""

from datetime import datetime
from pathlib import Path

from mntreamer.domain.monitors.due import Due, in_order
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges
from mntreamer.domain.times import to_iso
from mntreamer.rows import from_row
from mntreamer_local.sqlite.row_changes import watching
from mntreamer_local.sqlite.table import SqliteTable

_SCHEMA = [
    "DROP INDEX IF EXISTS due",
    "CREATE INDEX IF NOT EXISTS due_at ON monitors (check_at)",
    *watching("monitors", Streamer, ("unrecordable_since", "announced_at")),
]
_DUE = """
    SELECT streamer_id, platform, priority, miss_count, check_at, probed_at FROM monitors
    WHERE check_at <= ? ORDER BY check_at LIMIT ?
"""


class SqliteMonitors:
    """The table `monitors` in the database file at `path`."""

    def __init__(self, path: Path) -> None:
        self._table = SqliteTable(path, "monitors", Streamer, "streamer_id", _SCHEMA)

    def add(self, streamer: Streamer) -> tuple[Streamer, bool]:
        is_new = self._table.insert(streamer)
        return self.get(streamer.streamer_id) or streamer, is_new

    def get(self, streamer_id: str) -> Streamer | None:
        return self._table.get(streamer_id)

    def listed(self, limit: int, behind: str | None = None) -> list[Streamer]:
        return list(self._table.select("WHERE streamer_id > ? ORDER BY streamer_id LIMIT ?", [behind or "", limit]))

    def due(self, now: datetime, limit: int) -> list[Due]:
        rows = self._table.connection().execute(_DUE, [to_iso(now), limit])
        return in_order(from_row(Due, dict(row)) for row in rows)

    def update(
        self, streamer_id: str, changes: StreamerChanges, expect: StreamerChanges | None = None
    ) -> Streamer | None:
        return self._table.update(streamer_id, changes, expect or {})

    def remove(self, streamer_id: str) -> bool:
        return self._table.delete(streamer_id)
