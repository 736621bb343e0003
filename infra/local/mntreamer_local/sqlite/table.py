"""A table of dataclass records in SQLite: one column a field, with conditional updates as DynamoDB has them."""

import fcntl
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from mntreamer.rows import from_row, to_plain_fields, to_row
from mntreamer_local.sqlite.group_commit import GroupCommit

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
_BUSY_TIMEOUT_S = 10.0


class SqliteTable(Generic[T]):
    """Shared by threads and processes: WAL mode, a connection for each thread, one writer at a time.

    Columns are the fields of `kind`, `key` is the primary key. Fields that a later version adds become columns
    when the table is opened; what is stored already stays.
    """

    def __init__(self, path: Path, name: str, kind: type[T], key: str, schema: Sequence[str] = ()) -> None:
        self._path = path
        self._name = name
        self._kind = kind
        self._key = key
        self._local = threading.local()
        self._updates = GroupCommit(self.transaction)
        self._one_reader = threading.Lock()
        self._create(schema)

    def insert(self, record: T) -> bool:
        """Store the record unless its key is taken."""
        with self.transaction() as connection:
            return self.insert_in(connection, record)

    def insert_in(self, connection: sqlite3.Connection, record: T) -> bool:
        row = to_row(record)
        places = ", ".join(f":{name}" for name in row)
        statement = f"INSERT OR IGNORE INTO {self._name} ({', '.join(row)}) VALUES ({places})"  # noqa: S608 -- names are our own fields
        return connection.execute(statement, row).rowcount == 1

    def get(self, key: str) -> T | None:
        found = self.select(f"WHERE {self._key} = ?", [key])
        return found[0] if found else None

    def select(self, clause: str, values: Sequence[Any] = ()) -> list[T]:
        """The records that an SQL clause (WHERE, ORDER BY, LIMIT) leaves."""
        statement = f"SELECT * FROM {self._name} {clause}"  # noqa: S608 -- clauses are written in this package
        with self._one_reader:  # threads that read at once keep waking each other, for twice the CPU
            rows = self.connection().execute(statement, values).fetchall()
        return [self._record(row) for row in rows]

    def update(self, key: str, changes: Mapping[str, object], expect: Mapping[str, object]) -> T | None:
        """Set fields where the key exists and the expected fields are as expected; the record then.

        Atomic, and safe on disk when it answers, however many threads' updates were committed together.
        """
        setting = ", ".join(f"{name} = :new_{name}" for name in changes)
        conditions = "".join(f" AND {name} IS :old_{name}" for name in expect)
        values = {f"new_{name}": value for name, value in to_plain_fields(changes).items()}
        values |= {f"old_{name}": value for name, value in to_plain_fields(expect).items()}
        statement = f"UPDATE {self._name} SET {setting} WHERE {self._key} = :key{conditions} RETURNING *"  # noqa: S608
        rows = self._updates.execute(statement, values | {"key": key})
        return self._record(rows[0]) if rows else None

    def delete(self, key: str) -> bool:
        statement = f"DELETE FROM {self._name} WHERE {self._key} = ?"  # noqa: S608 -- names are our own
        with self.transaction() as connection:
            return connection.execute(statement, [key]).rowcount == 1

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One write transaction: what is done in it is stored as a whole or not at all.

        Within it, write through its connection only: every other write waits until it has ended.
        """
        connection = self.connection()
        with _one_writer(self._path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    def connection(self) -> sqlite3.Connection:
        """The calling thread's connection."""
        if not hasattr(self._local, "connection"):
            self._local.connection = _connect(self._path)
        connection: sqlite3.Connection = self._local.connection
        return connection

    def _record(self, row: sqlite3.Row) -> T:
        """Without the NULLs: a column that a later version added is empty in older rows, and means its default."""
        return from_row(self._kind, {name: row[name] for name in row.keys() if row[name] is not None})  # noqa: SIM118 -- a Row iterates over its values

    def _create(self, schema: Sequence[str]) -> None:
        columns = [field.name for field in fields(self._kind)]
        typed = ", ".join(f"{name} PRIMARY KEY" if name == self._key else name for name in columns)
        with self.transaction() as connection:
            connection.execute(f"CREATE TABLE IF NOT EXISTS {self._name} ({typed})")
            known = {row["name"] for row in connection.execute(f"PRAGMA table_info({self._name})")}
            for name in columns:
                if name not in known:
                    connection.execute(f"ALTER TABLE {self._name} ADD COLUMN {name}")
            for statement in schema:
                connection.execute(statement)


@contextmanager
def _one_writer(path: Path) -> Iterator[None]:
    """Writers of all threads and processes queue here: SQLite itself lets them sleep and try again, up to seconds."""
    with path.with_name(f"{path.name}-writer").open("ab") as turn:  # to truncate it would be one more change to sync
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")  # a power cut loses no answered request
    return connection
