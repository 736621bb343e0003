"""The port `Monitors` in memory, with an index that can lag behind its table, as DynamoDB's may."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from threading import Lock

from mntreamer.domain.monitors.due import Due, due_of, in_order
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges


class Lag(StrEnum):
    """What the index shows of a row that was written, until it catches up."""

    NONE = "the row as it is"
    OLD = "the row as it was before; nothing of a new one, a removed one all the same"
    BOTH = "the row as it was last shown, and as it is"
    MISSING = "nothing: its old entry is gone, its new one not there yet"


@dataclass
class DueIndex:
    """`lag` is what becomes of the rows that are written from now on."""

    lag: Lag = Lag.NONE
    _listed: dict[str, tuple[Due, ...]] = field(default_factory=dict)

    def show(self, streamer_id: str, streamer: Streamer | None) -> None:
        """The row was written; None if it was removed."""
        shown, new = self._listed.get(streamer_id, ()), _entries(streamer)
        match self.lag:
            case Lag.NONE:
                self._listed[streamer_id] = new
            case Lag.BOTH:
                self._listed[streamer_id] = tuple(dict.fromkeys((*shown[:1], *new)))
            case Lag.MISSING:
                self._listed[streamer_id] = ()
            case Lag.OLD:
                return

    def catch_up(self, rows: Mapping[str, Streamer], streamer_id: str | None = None) -> None:
        """With all rows, and lag no more; or with this one row only."""
        if streamer_id is None:
            self.lag = Lag.NONE
            self._listed = {name: _entries(streamer) for name, streamer in rows.items()}
        else:
            self._listed[streamer_id] = _entries(rows.get(streamer_id))

    def listed(self) -> list[Due]:
        return [due for entries in self._listed.values() for due in entries]


@dataclass
class MemoryMonitors:
    """Reads of the table and conditional writes are exact; only `due` reads the index."""

    index: DueIndex = field(default_factory=DueIndex)
    rows: dict[str, Streamer] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def add(self, streamer: Streamer) -> tuple[Streamer, bool]:
        with self._lock:
            if stored := self.rows.get(streamer.streamer_id):
                return stored, False
            self._put(streamer)
            return streamer, True

    def get(self, streamer_id: str) -> Streamer | None:
        return self.rows.get(streamer_id)

    def listed(self, limit: int, behind: str | None = None) -> list[Streamer]:
        return [self.rows[streamer_id] for streamer_id in sorted(self.rows) if streamer_id > (behind or "")][:limit]

    def due(self, now: datetime, limit: int) -> list[Due]:
        due = [monitor for monitor in self.index.listed() if monitor.check_at <= now]
        return in_order(sorted(due, key=lambda monitor: monitor.check_at)[:limit])

    def update(
        self, streamer_id: str, changes: StreamerChanges, expect: StreamerChanges | None = None
    ) -> Streamer | None:
        with self._lock:
            row = self.rows.get(streamer_id)
            if row is None or any(getattr(row, name) != value for name, value in (expect or {}).items()):
                return None
            return self._put(replace(row, **changes))

    def remove(self, streamer_id: str) -> bool:
        with self._lock:
            removed = self.rows.pop(streamer_id, None)
            self.index.show(streamer_id, None)
            return removed is not None

    def catch_up(self, streamer_id: str | None = None) -> None:
        """The index shows all rows as they are, or this one."""
        self.index.catch_up(self.rows, streamer_id)

    def _put(self, streamer: Streamer) -> Streamer:
        self.rows[streamer.streamer_id] = streamer
        self.index.show(streamer.streamer_id, streamer)
        return streamer


def _entries(streamer: Streamer | None) -> tuple[Due, ...]:
    due = due_of(streamer) if streamer else None
    return (due,) if due else ()
