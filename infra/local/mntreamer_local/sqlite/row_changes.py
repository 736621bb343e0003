"""What a table's stream is on AWS: a trigger keeps the changes of some columns, in the write's own transaction."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from mntreamer.domain.monitors.platform_state import PlatformState
from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.domain.notifications.notice_of import Watched
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.times import from_iso
from mntreamer.rows import from_row

ROW_CHANGES = """
    CREATE TABLE IF NOT EXISTS row_changes (number INTEGER PRIMARY KEY AUTOINCREMENT, kind, changed_at, old, new)
"""
_KINDS: dict[str, type[Watched]] = {kind.__name__: kind for kind in (Recording, Streamer, PlatformState)}
_NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
_OLDEST = "SELECT * FROM row_changes ORDER BY number LIMIT ?"
_FORGET = "DELETE FROM row_changes WHERE number <= ?"


@dataclass(frozen=True, slots=True)
class RowChange:
    old: Watched
    new: Watched
    at: datetime


def watching(table: str, kind: type[Watched], columns: Sequence[str]) -> list[str]:
    """The schema that keeps how a table's rows, which are of this kind, change when one of the columns does."""
    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in columns)
    images = f"{_image('old', kind)}, {_image('new', kind)}"
    keeping = f"INSERT INTO row_changes (kind, changed_at, old, new) VALUES ('{kind.__name__}', {_NOW}, {images})"  # noqa: S608 -- names are our own
    trigger = f"CREATE TRIGGER {table}_changed AFTER UPDATE ON {table} WHEN {changed} BEGIN {keeping}; END"
    # It is made anew at each start: the columns may be others than those of the version before.
    return [ROW_CHANGES, f"DROP TRIGGER IF EXISTS {table}_changed", trigger]


def oldest_changes(connection: sqlite3.Connection, limit: int) -> list[RowChange]:
    """Take the oldest of them out of the table."""
    rows = connection.execute(_OLDEST, [limit]).fetchall()
    if rows:
        connection.execute(_FORGET, [rows[-1]["number"]])
    return [_change(row) for row in rows]


def _image(row: str, kind: type[Watched]) -> str:
    columns = (f"'{field.name}', {row}.{field.name}" for field in fields(kind))
    return f"json_object({', '.join(columns)})"


def _change(row: sqlite3.Row) -> RowChange:
    kind = _KINDS[row["kind"]]
    return RowChange(_read(kind, row["old"]), _read(kind, row["new"]), from_iso(row["changed_at"]))


def _read(kind: type[Watched], image: str) -> Watched:
    """Without the nulls, which mean the defaults."""
    known: dict[str, Any] = {name: value for name, value in json.loads(image).items() if value is not None}
    return from_row(kind, known)
