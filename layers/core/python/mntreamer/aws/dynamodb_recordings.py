"""The port `Recordings` on DynamoDB."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mntreamer.aws.dynamodb_expressions import Placeholders, to_item
from mntreamer.aws.dynamodb_table import DynamoTable
from mntreamer.domain.recordings.library import Shelved
from mntreamer.domain.recordings.recording import PURGED_IN, Recording, RecordingChanges, RecordingStatus
from mntreamer.domain.recordings.recording_order import Place, newest_first
from mntreamer.domain.times import to_iso
from mntreamer.rows import Plain, Row, from_row, to_plain_fields, to_row

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

_INDEX = "by_status"
_PURGES = "by_purge"
_LIBRARY = "library"
_ALIAS_OF = "alias_of"
_ITEM = "recording"


class DynamoRecordings:
    """The table `recordings`: key `recording_id` and `item`, index `by_status` by `status` and `started_at`.

    Another index, `by_purge`, is by `status` and `purge_at`, so that it holds only what is to be deleted for good.
    `library` is by `platform` and `prefix`: a deleted recording's item has no `platform`, which its id begins with.
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
        changed = to_plain_fields(changes)
        if "status" in changes:
            changed |= _shelf(recording_id, changes["status"])
        return _recording(self._table.update(_key(recording_id), changed, expected))

    def newest(self, statuses: Sequence[RecordingStatus], limit: int, behind: Place | None = None) -> list[Recording]:
        found = [recording for status in statuses for recording in self._newest_in(status, limit, behind)]
        once = {recording.recording_id: recording for recording in found}  # one may change its state meanwhile
        return newest_first(once.values())[:limit]

    def shelved(self, platform: str, under: str, after: str, limit: int) -> list[Shelved]:
        conditions = [("platform", "=", platform), ("prefix", ">", max(under, after))]
        rows = self._table.query(_LIBRARY, conditions, limit)
        found = (Shelved(row["prefix"], row["recording_id"]) for row in rows)
        return [shelved for shelved in found if shelved.prefix.startswith(under)]

    def due_purges(self, now: datetime, limit: int) -> list[str]:
        rows = [row for status in PURGED_IN for row in self._purges_in(status, now, limit)]
        return [row["recording_id"] for row in sorted(rows, key=lambda row: row["purge_at"])[:limit]]

    def _purges_in(self, status: RecordingStatus, now: datetime, limit: int) -> list[dict[str, Any]]:
        conditions: list[tuple[str, str, Plain]] = [("status", "=", status.value), ("purge_at", "<=", to_iso(now))]
        return self._table.query(_PURGES, conditions, limit)

    def _newest_in(self, status: RecordingStatus, limit: int, behind: Place | None) -> list[Recording]:
        """As many, and all that started at once with the last of them: the index keeps no order among those."""
        conditions: list[tuple[str, str, Plain]] = [("status", "=", status.value)]
        if behind:
            conditions.append(("started_at", "<=", to_iso(behind.started_at)))
        found: list[Recording] = []
        for row in self._table.query_on(_INDEX, conditions, limit + 1, newest_first=True):
            recording = recorded(row)
            if len(found) >= limit and recording.started_at != found[-1].started_at:
                break
            if behind is None or behind.is_before(recording):
                found.append(recording)
        return found

    def _put_if_absent(self, recording: Recording) -> "TransactWriteItemTypeDef":
        words = Placeholders()
        put: Any = {
            "TableName": self._table.name,
            "Item": to_item(_row(recording)),
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
    return {"recording_id": recording_id, "item": _ITEM}


def _day_key(streamer_id: str, day: date) -> Row:
    return {"recording_id": streamer_id, "item": f"day#{day.isoformat()}"}


def _row(recording: Recording) -> Row:
    shelf = _shelf(recording.recording_id, recording.status)
    return to_row(recording) | shelf | _key(recording.recording_id)


def _shelf(recording_id: str, status: RecordingStatus) -> Row:
    return {"platform": None if status is RecordingStatus.TERMINATED else _platform_in(recording_id)}


def _platform_in(recording_id: str) -> str:
    return recording_id.partition(":")[0]


def _recording(row: Mapping[str, Plain] | None) -> Recording | None:
    return recorded(row) if row else None


def is_recording(row: Mapping[str, Any]) -> bool:
    """Whether an item of the table is a recording, and no alias and no counter."""
    return row["item"] == _ITEM and _ALIAS_OF not in row


def recorded(row: Mapping[str, Any]) -> Recording:
    return from_row(Recording, {"platform": _platform_in(row["recording_id"]), **row})
