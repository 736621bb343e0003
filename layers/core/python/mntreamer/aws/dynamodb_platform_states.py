"""The port `PlatformStates` on DynamoDB."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mntreamer.aws.dynamodb_table import DynamoTable
from mntreamer.domain.monitors.platform_state import PlatformState, PlatformStateChanges
from mntreamer.rows import Row, from_row, to_plain_fields, to_row

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_PREFIX = "platform:"


class DynamoPlatformStates:
    """In the table `state`, key `name`, under `platform:<name>`: the table holds other small rows, too."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._table = DynamoTable(client, table)

    def get(self, platform: str) -> PlatformState:
        key = _key(platform)
        fresh = PlatformState(platform)
        stored = self._table.get(key) or self._table.add(to_row(fresh) | key, key)
        return from_row(PlatformState, stored) if stored else fresh

    def update(
        self, platform: str, changes: PlatformStateChanges, expect: PlatformStateChanges
    ) -> PlatformState | None:
        row = self._table.update(_key(platform), to_plain_fields(changes), to_plain_fields(expect))
        return from_row(PlatformState, row) if row else None


def is_platform_state(row: Mapping[str, Any]) -> bool:
    """Whether a row of the table is one of these."""
    return str(row["name"]).startswith(_PREFIX)


def _key(platform: str) -> Row:
    return {"name": f"{_PREFIX}{platform}"}
