"""The port `Monitors` on DynamoDB."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zlib import crc32

from mntreamer.aws.dynamodb_table import DynamoTable
from mntreamer.domain.monitors.due import Due, in_order
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges
from mntreamer.domain.times import to_iso
from mntreamer.rows import Plain, Row, from_row, to_plain_fields, to_row

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_INDEX = "due_monitors"
_SHARD = "due_shard"


class DynamoMonitors:
    """The table `monitors`: key `streamer_id`, index `due_monitors` by `due_shard` and `check_at`.

    The shard spreads the index over `shards` partitions, so that none of them bounds a tick. It is written with
    every `check_at`, so that `shards` may be raised at any time: what is in a shard is found there, and moves to its
    new one at its next check. Never lower it: what is beyond would not be found. Without a `check_at` a row has no
    shard either, and is not in the index.
    """

    def __init__(self, client: "DynamoDBClient", table: str, shards: int) -> None:
        self._table = DynamoTable(client, table)
        self._shards = shards

    def add(self, streamer: Streamer) -> tuple[Streamer, bool]:
        key = _key(streamer.streamer_id)
        row = to_row(streamer) | self.shard(streamer.streamer_id, streamer.check_at)
        stored = self._table.add(row, key)
        return (from_row(Streamer, stored), False) if stored else (streamer, True)

    def get(self, streamer_id: str) -> Streamer | None:
        return _streamer(self._table.get(_key(streamer_id)))

    def listed(self, limit: int, behind: str | None = None) -> list[Streamer]:
        rows = self._table.scan(limit, _key(behind) if behind else None)
        return [from_row(Streamer, row) for row in rows]

    def due(self, now: datetime, limit: int) -> list[Due]:
        rows = [row for shard in range(self._shards) for row in self._due_in(shard, now, limit)]
        due = sorted((from_row(Due, row) for row in rows), key=lambda monitor: monitor.check_at)
        return in_order(due[:limit])

    def update(
        self, streamer_id: str, changes: StreamerChanges, expect: StreamerChanges | None = None
    ) -> Streamer | None:
        row = to_plain_fields(changes)
        if "check_at" in changes:
            row |= self.shard(streamer_id, changes["check_at"])
        return _streamer(self._table.update(_key(streamer_id), row, to_plain_fields(expect or {})))

    def remove(self, streamer_id: str) -> bool:
        return self._table.remove(_key(streamer_id))

    def _due_in(self, shard: int, now: datetime, limit: int) -> list[dict[str, Plain]]:
        return self._table.query(_INDEX, [(_SHARD, "=", shard), ("check_at", "<=", to_iso(now))], limit)

    def shard(self, streamer_id: str, check_at: datetime | None) -> Row:
        """The fields that put a monitor into the index, or take it out."""
        return {_SHARD: None if check_at is None else crc32(streamer_id.encode()) % self._shards}


def _key(streamer_id: str) -> Row:
    return {"streamer_id": streamer_id}


def _streamer(row: Mapping[str, Plain] | None) -> Streamer | None:
    return from_row(Streamer, row) if row else None
