"""What is to be posted to webhooks and was not yet: it outlives the server."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mntreamer.domain.times import to_iso
from mntreamer_local.sqlite.row_changes import ROW_CHANGES, RowChange, oldest_changes
from mntreamer_local.sqlite.table import SqliteTable

_ANY_CHANGE = "SELECT EXISTS (SELECT * FROM row_changes)"
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class WaitingPosting:
    """One item of the table `postings`: a rendered notice for a webhook, due again after so many failed attempts."""

    posting_id: str
    webhook: str
    notice: str
    due_at: datetime
    attempts: int = 0


class SqlitePostings:
    """The table `postings` in the database file at `path`, and the changes of rows from which they are made."""

    def __init__(self, path: Path) -> None:
        self._table = SqliteTable(path, "postings", WaitingPosting, "posting_id", [ROW_CHANGES])

    def take_in(self, postings_of: Callable[[RowChange], Iterable[WaitingPosting]]) -> None:
        """Turn waiting changes of rows into postings, in one transaction: none is lost, and none comes twice."""
        [is_any] = self._table.connection().execute(_ANY_CHANGE).fetchone()
        if not is_any:
            return
        with self._table.transaction() as connection:
            for change in oldest_changes(connection, _AT_ONCE):
                for posting in postings_of(change):
                    self._table.insert_in(connection, posting)

    def due(self, now: datetime) -> list[WaitingPosting]:
        return self._table.select("WHERE due_at <= ? ORDER BY due_at, rowid LIMIT ?", [to_iso(now), _AT_ONCE])

    def remove(self, posting: WaitingPosting) -> None:
        self._table.delete(posting.posting_id)

    def put_off(self, posting: WaitingPosting, until: datetime) -> None:
        """It failed once more."""
        self._table.update(posting.posting_id, {"attempts": posting.attempts + 1, "due_at": until}, {})
