"""What the ports' contracts do not say of SQLite: how updates share a commit, and whom a failure harms."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from threading import Semaphore
from typing import Any

import pytest

from mntreamer_local.sqlite.group_commit import GroupCommit
from mntreamer_local.sqlite.table import SqliteTable
from tests.contract.at_once import at_once

WAIT_S = 30
REFUSED = "SELECT RAISE(ABORT, 'refused') WHERE NEW.count = -1"
NO_SPACE = "SELECT RAISE(ROLLBACK, 'no space left') WHERE NEW.count = -2"
CHECKED = f"CREATE TRIGGER IF NOT EXISTS checked BEFORE UPDATE ON counters BEGIN {REFUSED}; {NO_SPACE}; END"
CREDITS = "CREATE TABLE IF NOT EXISTS credits (name REFERENCES counters DEFERRABLE INITIALLY DEFERRED)"


@dataclass(frozen=True, slots=True)
class Counter:
    name: str
    count: int = 0


class Announced(GroupCommit):
    """`arrivals` tells of each statement that has joined a group."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[sqlite3.Connection]]) -> None:
        super().__init__(transaction)
        self.arrivals = Semaphore(0)

    def _join(self, statement: str, values: Mapping[str, Any]) -> Any:
        joined = super()._join(statement, values)
        self.arrivals.release()
        return joined


class Counters(SqliteTable[Counter]):
    def __init__(self, path: Path) -> None:
        self.transactions = 0
        super().__init__(path, "counters", Counter, "name", [CHECKED, CREDITS])
        self._updates: Announced = Announced(self.transaction)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        with super().transaction() as connection:
            self.transactions += 1
            yield connection

    def set_together(
        self, *counts: tuple[str, int], expect: Mapping[str, int] | None = None
    ) -> list[Future[Counter | None]]:
        """Set these counts, each in a thread of its own; they come one by one while another transaction goes on."""
        futures = []
        with ThreadPoolExecutor(len(counts)) as pool, self.transaction():
            for name, count in counts:
                futures.append(pool.submit(self.update, name, {"count": count}, expect or {}))
                assert self._updates.arrivals.acquire(timeout=WAIT_S)
        return futures

    def count(self, name: str, times: int) -> None:
        """Add one, under "nobody has counted meanwhile", so many times."""
        seen = self.get(name)
        while seen and times:
            counted = self.update(name, {"count": seen.count + 1}, {"count": seen.count})
            seen, times = (counted, times - 1) if counted else (self.get(name), times)

    def execute(self, *statements: str) -> None:
        with self.transaction() as connection:
            for statement in statements:
                connection.execute(statement)


@pytest.fixture
def counters(tmp_path: Path) -> Counters:
    counters = Counters(tmp_path / "counters.db")
    for name in ("a", "b", "c"):
        counters.insert(Counter(name))
    counters.transactions = 0
    return counters


def counts(counters: Counters) -> dict[str, int]:
    return {counter.name: counter.count for counter in counters.select("ORDER BY name")}


class TestUpdate:
    def test_updates_that_arrive_during_a_transaction_share_the_next_one(self, counters: Counters) -> None:
        answers = [future.result() for future in counters.set_together(("a", 1), ("b", 2), ("nobody", 3), ("c", 4))]
        assert answers == [Counter("a", 1), Counter("b", 2), None, Counter("c", 4)]
        assert counts(counters) == {"a": 1, "b": 2, "c": 4}
        assert counters.transactions == 2

    def test_each_sees_what_those_before_it_in_the_group_have_set(self, counters: Counters) -> None:
        futures = counters.set_together(("a", 1), ("a", 2), ("b", 3), ("a", 4), expect={"count": 0})
        assert [future.result() for future in futures] == [Counter("a", 1), None, Counter("b", 3), None]
        assert counts(counters) == {"a": 1, "b": 3, "c": 0}

    def test_one_that_fails_harms_no_other_of_its_group(self, counters: Counters) -> None:
        before, unstorable, refused, after = counters.set_together(("a", 1), ("b", 2**63), ("b", -1), ("c", 3))
        with pytest.raises(OverflowError):
            unstorable.result()
        with pytest.raises(sqlite3.IntegrityError, match="refused"):
            refused.result()
        assert (before.result(), after.result()) == (Counter("a", 1), Counter("c", 3))
        assert counts(counters) == {"a": 1, "b": 0, "c": 3}
        assert counters.transactions == 2

    def test_what_undoes_the_transaction_is_told_to_all_of_the_group(self, counters: Counters) -> None:
        for future in counters.set_together(("a", 1), ("b", -2), ("c", 2)):
            with pytest.raises(sqlite3.IntegrityError, match="no space left"):
                future.result()
        assert counts(counters) == {"a": 0, "b": 0, "c": 0}
        assert counters.update("a", {"count": 5}, {"count": 0}) == Counter("a", 5)

    def test_a_group_that_gets_no_transaction_is_told_so_and_the_next_one_gets_its_own(
        self, counters: Counters, tmp_path: Path
    ) -> None:
        counters.connection().execute("PRAGMA busy_timeout = 0")
        with closing(sqlite3.connect(tmp_path / "counters.db", isolation_level=None)) as stranger:
            stranger.execute("BEGIN IMMEDIATE")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                counters.update("a", {"count": 1}, {})
        assert counters.update("a", {"count": 2}, {"count": 0}) == Counter("a", 2)

    def test_of_many_threads_that_count_none_is_lost(self, counters: Counters) -> None:
        at_once(lambda _: counters.count("a", 20), threads=16)
        assert counts(counters) == {"a": 320, "b": 0, "c": 0}

    def test_of_many_processes_that_count_none_is_lost(self, counters: Counters, tmp_path: Path) -> None:
        with ProcessPoolExecutor(3, get_context("spawn")) as pool:
            list(pool.map(partial(count_at_once, tmp_path / "counters.db"), ["a", "a", "b"]))
        assert counts(counters) == {"a": 160, "b": 80, "c": 0}


class TestTransaction:
    def test_nobody_waits_for_it_to_read(self, counters: Counters) -> None:
        with ThreadPoolExecutor(1) as pool, counters.transaction() as connection:
            connection.execute("UPDATE counters SET count = 1")
            assert pool.submit(counters.get, "a").result(timeout=WAIT_S) == Counter("a", 0)
            assert counters.get("a") == Counter("a", 1)

    @pytest.mark.parametrize(
        ("statement", "failure"),
        [
            ("INSERT INTO counters VALUES ('a', 1)", "UNIQUE"),
            ("INSERT INTO credits VALUES ('nobody')", "FOREIGN KEY"),  # known only when it is to be committed
        ],
    )
    def test_one_that_fails_is_undone_and_over(self, counters: Counters, statement: str, failure: str) -> None:
        counters.connection().execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match=failure):
            counters.execute("UPDATE counters SET count = 1", statement)
        assert counts(counters) == {"a": 0, "b": 0, "c": 0}
        assert counters.update("a", {"count": 2}, {}) == Counter("a", 2)


def count_at_once(path: Path, name: str) -> None:
    counters = Counters(path)
    at_once(lambda _: counters.count(name, 20), threads=4)
