"""The port `Monitors` on SQLite."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from mntreamer.domain.streamer import Streamer, StreamerChanges
from mntreamer.domain.times import to_iso
from mntreamer_local.sqlite_table import SqliteTable

_DUE_INDEX = "CREATE INDEX IF NOT EXISTS due ON monitors (check_at) WHERE paused = 0"


class SqliteMonitors:
    """The table `monitors` in the database file at `path`."""

    def __init__(self, path: Path) -> None:
        self._table = SqliteTable(path, "monitors", Streamer, "streamer_id", [_DUE_INDEX])

    def add(self, streamer: Streamer) -> tuple[Streamer, bool]:
        is_new = self._table.insert(streamer)
        return self.get(streamer.streamer_id) or streamer, is_new

    def get(self, streamer_id: str) -> Streamer | None:
        return self._table.get(streamer_id)

    def list_all(self) -> Iterator[Streamer]:
        yield from self._table.select("ORDER BY added_at, streamer_id")

    def due(self, now: datetime, limit: int) -> list[Streamer]:
        return self._table.select(
            "WHERE paused = 0 AND check_at <= ? ORDER BY check_at LIMIT ?", [to_iso(now), limit]
        )

    def update(
        self, streamer_id: str, changes: StreamerChanges, expect: StreamerChanges | None = None
    ) -> Streamer | None:
        return self._table.update(streamer_id, changes, expect or {})

    def remove(self, streamer_id: str) -> bool:
        return self._table.delete(streamer_id)
