"""Group commit: writes that arrive while another one waits for the disk share one transaction, and so one wait."""

import sqlite3
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from mntreamer.rows import Plain

Rows = list[sqlite3.Row]


@dataclass
class _Group:
    """What came of each of its writes is known once all are on the disk: its rows, or why it failed."""

    writes: list[tuple[str, Mapping[str, Plain]]] = field(default_factory=list)
    outcomes: Future[list[Rows | Exception]] = field(default_factory=Future)


class GroupCommit:
    """Shared by threads. The first write of a group commits all of it; others join until its transaction begins.

    `transaction` opens a write transaction for the calling thread, after those of others.
    """

    def __init__(self, transaction: Callable[[], AbstractContextManager[sqlite3.Connection]]) -> None:
        self._transaction = transaction
        self._lock = threading.Lock()
        self._open = _Group()

    def execute(self, statement: str, values: Mapping[str, Plain]) -> Rows:
        """The rows that one writing statement returns, once it is committed.

        Raises what is wrong with this statement alone, or what kept its whole group from being stored.
        """
        group, place = self._join(statement, values)
        if place == 0:
            self._commit(group)
        outcome = group.outcomes.result()[place]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _join(self, statement: str, values: Mapping[str, Plain]) -> tuple[_Group, int]:
        with self._lock:
            self._open.writes.append((statement, values))
            return self._open, len(self._open.writes) - 1

    def _commit(self, group: _Group) -> None:
        try:
            with self._transaction() as connection:
                self._open_next()
                outcomes = [_outcome(connection, statement, values) for statement, values in group.writes]
        except BaseException as error:  # noqa: BLE001 -- raised by every write of the group, this one's included
            self._open_next()
            group.outcomes.set_exception(error)
        else:
            group.outcomes.set_result(outcomes)

    def _open_next(self) -> None:
        with self._lock:
            self._open = _Group()


def _outcome(connection: sqlite3.Connection, statement: str, values: Mapping[str, Plain]) -> Rows | Exception:
    """SQLite undoes a statement that fails alone, or else the whole transaction: then no other may be answered.

    See https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction.
    """
    try:
        return connection.execute(statement, values).fetchall()
    except Exception as error:
        if not connection.in_transaction:
            raise
        return error
