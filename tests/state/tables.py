"""The tables, empty for each sequence: in memory, in SQLite, in DynamoDB."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mntreamer.aws.dynamodb_monitors import DynamoMonitors
from mntreamer.aws.dynamodb_recordings import DynamoRecordings
from mntreamer.ports import Monitors, Recordings
from mntreamer_local.sqlite.monitors import SqliteMonitors
from mntreamer_local.sqlite.recordings import SqliteRecordings
from tests.contract.tables import MONITORS, RECORDINGS, TABLES
from tests.state.memory_monitors import MemoryMonitors
from tests.state.memory_recordings import MemoryRecordings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_numbers: Final = count()
_SHARDS = 2
_EMPTIED = ("monitors", "recordings", "aliases", "days")


@dataclass
class Tables:
    monitors: Monitors
    recordings: Recordings


def tables_in_memory() -> Tables:
    return Tables(MemoryMonitors(), MemoryRecordings())


def tables_in_sqlite(folder: Path) -> Tables:
    """One that is emptied, which is quicker than a new one; no power cut is tried, so no disk is waited for."""
    database = folder / "mntreamer.db"
    monitors, recordings = SqliteMonitors(database), SqliteRecordings(database)
    for adapter in (monitors, recordings):
        adapter._table.connection().execute("PRAGMA synchronous=OFF")
    with monitors._table.transaction() as connection:
        for table in _EMPTIED:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own names
    return Tables(monitors, recordings)


def tables_in_dynamodb(client: "DynamoDBClient") -> Tables:
    """Under names of their own: to create a table is quicker than to empty one."""
    number = next(_numbers)
    for name in (MONITORS, RECORDINGS):
        definition: dict[str, Any] = {**TABLES[name]}
        del definition["StreamSpecification"]  # nobody reads it here, and the emulation would keep every change
        client.create_table(TableName=f"{name}{number}", **definition)
    monitors = DynamoMonitors(client, f"{MONITORS}{number}", _SHARDS)
    return Tables(monitors, DynamoRecordings(client, f"{RECORDINGS}{number}"))
