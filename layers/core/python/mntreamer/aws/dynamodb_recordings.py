"""The port `Recordings` on DynamoDB."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mntreamer.aws.dynamodb_expressions import Placeholders, to_item
from mntreamer.aws.dynamodb_table import DynamoTable
from mntreamer.domain.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.domain.times import to_iso
from mntreamer.rows import Plain, Row, from_row, to_plain_fields, to_row

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

_INDEX = "by_status"
_ALIAS_OF = "alias_of"


class DynamoRecordings:
    """The table `recordings`: key `recording_id` and `item`, index `by_status` by `status` and `started_at`.

    A recording is the item `recording` under its id. An alias is the item `recording` under another live session's
    id, with `alias_of` and nothing else, so that all but aliases take one read. A streamer's count of a day is the
    item `day#2026-11-22` under the streamer's id.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._table = DynamoTable(client, table)

    def open(self, recording: Recording, day: date) -> Recording | None:
        writes = [self._put_if_absent(recording), self._count(recording.streamer_id, day, recording.n)]
        return recording if self._table.write_together(writes) else None

    def count_of_day(self, streamer_id: str, day: date) -> int:
        row = self._table.get(_day_key(streamer_id, day))
        return int(row["n"]) if row else 0

    def get(self, recording_id: str) -> Recording | None:
        row = self._table.get(_key(recording_id))
        if row and _ALIAS_OF in row:
            row = self._table.get(_key(row[_ALIAS_OF]))
        return _recording(row)

    def add_alias(self, alias_id: str, recording_id: str) -> None:
        key = _key(alias_id)
        self._table.add(key | {_ALIAS_OF: recording_id}, key)

    def update(self, recording_id: str, changes: RecordingChanges, expect: RecordingChanges) -> Recording | None:
        expected = to_plain_fields(expect) | {_ALIAS_OF: None}
        return _recording(self._table.update(_key(recording_id), to_plain_fields(changes), expected))

    def newest(
        self, statuses: Sequence[RecordingStatus], limit: int, before: datetime | None = None
    ) -> list[Recording]:
        rows = [row for status in statuses for row in self._newest_in(status, limit, before)]
        recordings = (from_row(Recording, row) for row in rows)
        return sorted(recordings, key=lambda recording: recording.started_at, reverse=True)[:limit]

    def _newest_in(self, status: RecordingStatus, limit: int, before: datetime | None) -> list[dict[str, Plain]]:
        conditions: list[tuple[str, str, Plain]] = [("status", "=", status.value)]
        if before:
            conditions.append(("started_at", "<", to_iso(before)))
        return self._table.query(_INDEX, conditions, limit, newest_first=True)

    def _put_if_absent(self, recording: Recording) -> "TransactWriteItemTypeDef":
        words = Placeholders()
        put: Any = {
            "TableName": self._table.name,
            "Item": to_item(to_row(recording) | _key(recording.recording_id)),
            "ConditionExpression": words.is_absent("recording_id"),
        }
        return {"Put": put | words.arguments()}

    def _count(self, streamer_id: str, day: date, n: int) -> "TransactWriteItemTypeDef":
        words = Placeholders()
        update: Any = {
            "TableName": self._table.name,
            "Key": to_item(_day_key(streamer_id, day)),
            "ConditionExpression": words.expected("n", n - 1 or None),
            "UpdateExpression": words.set_to({"n": n}),
        }
        return {"Update": update | words.arguments()}


def _key(recording_id: str) -> Row:
    return {"recording_id": recording_id, "item": "recording"}


def _day_key(streamer_id: str, day: date) -> Row:
    return {"recording_id": streamer_id, "item": f"day#{day.isoformat()}"}


def _recording(row: Mapping[str, Plain] | None) -> Recording | None:
    return from_row(Recording, row) if row else None
