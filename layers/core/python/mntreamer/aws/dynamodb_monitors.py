"""The port `Monitors` on DynamoDB."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zlib import crc32

from mntreamer.aws.dynamodb_table import DynamoTable
from mntreamer.domain.streamer import Streamer, StreamerChanges
from mntreamer.domain.times import to_iso
from mntreamer.rows import Plain, Row, from_row, to_plain_fields, to_row

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_INDEX = "due"
_SHARD = "due_shard"


class DynamoMonitors:
    """The table `monitors`: key `streamer_id`, index `due` by `due_shard` and `check_at`.

    The shard spreads the index over `shards` partitions; a paused streamer has none and so is not in the index.
    `shards` may be raised, never lowered: rows keep the shard that they were given.
    """

    def __init__(self, client: "DynamoDBClient", table: str, shards: int) -> None:
        self._table = DynamoTable(client, table)
        self._shards = shards

    def add(self, streamer: Streamer) -> tuple[Streamer, bool]:
        key = _key(streamer.streamer_id)
        row = to_row(streamer) | self._shard(streamer.streamer_id, paused=streamer.paused)
        stored = self._table.add(row, key)
        return (from_row(Streamer, stored), False) if stored else (streamer, True)

    def get(self, streamer_id: str) -> Streamer | None:
        return _streamer(self._table.get(_key(streamer_id)))

    def list_all(self) -> Iterator[Streamer]:
        rows = (from_row(Streamer, row) for row in self._table.scan())
        yield from sorted(rows, key=lambda streamer: (streamer.added_at, streamer.streamer_id))

    def due(self, now: datetime, limit: int) -> list[Streamer]:
        rows = [row for shard in range(self._shards) for row in self._due_in(shard, now, limit)]
        streamers = (from_row(Streamer, row) for row in rows)
        return sorted(streamers, key=lambda streamer: streamer.check_at)[:limit]

    def update(
        self, streamer_id: str, changes: StreamerChanges, expect: StreamerChanges | None = None
    ) -> Streamer | None:
        row = to_plain_fields(changes)
        if "paused" in changes:
            row |= self._shard(streamer_id, paused=changes["paused"])
        return _streamer(self._table.update(_key(streamer_id), row, to_plain_fields(expect or {})))

    def remove(self, streamer_id: str) -> bool:
        return self._table.remove(_key(streamer_id))

    def _due_in(self, shard: int, now: datetime, limit: int) -> list[dict[str, Plain]]:
        return self._table.query(_INDEX, [(_SHARD, "=", shard), ("check_at", "<=", to_iso(now))], limit)

    def _shard(self, streamer_id: str, *, paused: bool) -> Row:
        return {_SHARD: None if paused else crc32(streamer_id.encode()) % self._shards}


def _key(streamer_id: str) -> Row:
    return {"streamer_id": streamer_id}


def _streamer(row: Mapping[str, Plain] | None) -> Streamer | None:
    return from_row(Streamer, row) if row else None
