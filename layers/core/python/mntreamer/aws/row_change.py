"""A record of a table's stream as the row that changed, before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mntreamer.aws.dynamodb_platform_states import is_platform_state
from mntreamer.aws.dynamodb_recordings import is_recording, recorded
from mntreamer.domain.monitors.platform_state import PlatformState
from mntreamer.domain.monitors.streamer import Streamer
from mntreamer.domain.notifications.notice_of import Watched
from mntreamer.rows import from_row

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord


@dataclass(frozen=True, slots=True)
class RowChange:
    """`at` is when DynamoDB made it, to the second."""

    old: Watched
    new: Watched
    at: datetime


def row_change_in(record: "DynamoDBRecord") -> RowChange | None:
    """None where a row came or went, and for rows that nobody is told of."""
    change = record.dynamodb
    if change is None or not change.old_image or not change.new_image:
        return None
    keys = set(change.keys or {})
    old, new = _row(keys, change.old_image), _row(keys, change.new_image)
    at = datetime.fromtimestamp(int(change.approximate_creation_date_time or 0), UTC)
    return RowChange(old, new, at) if old and new else None


def _row(keys: set[str], image: Mapping[str, Any]) -> Watched | None:
    """By the table's key, which no two of them share."""
    if keys == {"streamer_id"}:
        return from_row(Streamer, image)
    if keys == {"recording_id", "item"} and is_recording(image):
        return recorded(image)
    if keys == {"name"} and is_platform_state(image):
        return from_row(PlatformState, image)
    return None
