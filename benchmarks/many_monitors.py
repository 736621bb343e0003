"""Tables of many monitors of which few are due, on moto and on SQLite, and a platform that answers at once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import boto3
from moto import mock_aws

from mntreamer.aws.dynamodb_expressions import to_item
from mntreamer.aws.dynamodb_monitors import DynamoMonitors
from mntreamer.domain.monitors.probe import Channel, Offline, Playback, Probe
from mntreamer.domain.monitors.streamer import Streamer, streamer_id_of
from mntreamer.rows import to_row
from mntreamer_local.sqlite.table import SqliteTable
from tests.contract.platforms import EasyPlatform
from tests.contract.tables import MONITORS, SHARDS, create_tables

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

DUE = 50
_NOT_DUE_FOR = timedelta(days=1)
_BATCH = 25  # the most that DynamoDB writes in one call
_REGION: Final = "ap-northeast-2"


class NobodyOnAir(EasyPlatform):
    """Answers at once, so that nothing but the tick itself is measured."""

    def probe(self, channel_id: str) -> Probe:  # noqa: ARG002
        return Offline()

    def channel(self, channel_id: str) -> Channel:
        raise AssertionError(f"a tick asks nothing else of {channel_id}")

    def channel_id_in(self, url: str) -> str:
        raise AssertionError(f"a tick reads no {url}")

    def search(self, nickname: str) -> list[Channel]:
        raise AssertionError(f"a tick does not search for {nickname}")

    def playback(self, channel_id: str) -> Playback:
        raise AssertionError(f"a tick does not play {channel_id}")


@dataclass
class Calls:
    """What was asked of DynamoDB: the calls by their names, and the rows that its queries examined."""

    made: Counter[str] = field(default_factory=Counter)
    examined: int = 0

    def count(self, parsed: dict[str, Any], model: Any, **_: object) -> None:
        self.made[model.name] += 1
        self.examined += parsed.get("ScannedCount", 0)


def monitors(many: int, now: datetime) -> Iterator[Streamer]:
    """So many, the first DUE of which are due."""
    for number in range(many):
        channel_id = f"{number:032x}"
        yield Streamer(
            streamer_id=streamer_id_of(NobodyOnAir.name, channel_id),
            platform=NobodyOnAir.name,
            channel_id=channel_id,
            nickname=f"streamer {number}",
            channel_name=f"streamer {number}",
            added_at=now,
            check_at=now if number < DUE else now + _NOT_DUE_FOR,
        )


@contextmanager
def in_dynamodb(many: int, now: datetime) -> Iterator[tuple[DynamoMonitors, Calls]]:
    """The monitors in moto's DynamoDB, and what is asked of it from now on."""
    with mock_aws():
        client = boto3.client("dynamodb", region_name=_REGION)
        create_tables(client)
        table = DynamoMonitors(client, MONITORS, SHARDS)
        _fill(
            client, [to_item(to_row(one) | table.shard(one.streamer_id, one.check_at)) for one in monitors(many, now)]
        )
        calls = Calls()
        client.meta.events.register("after-call.dynamodb", calls.count)
        yield table, calls


def in_sqlite(path: Path, many: int, now: datetime) -> None:
    """Writes the monitors into the database file, in one transaction."""
    table = SqliteTable(path, "monitors", Streamer, "streamer_id")
    with table.transaction() as connection:
        for one in monitors(many, now):
            table.insert_in(connection, one)


def _fill(client: "DynamoDBClient", items: list[Any]) -> None:
    for start in range(0, len(items), _BATCH):
        batch: list[Any] = [{"PutRequest": {"Item": item}} for item in items[start : start + _BATCH]]
        client.batch_write_item(RequestItems={MONITORS: batch})
