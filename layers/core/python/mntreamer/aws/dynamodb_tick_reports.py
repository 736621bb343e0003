"""The port `TickReports` on DynamoDB."""

from typing import TYPE_CHECKING

from mntreamer.aws.dynamodb_table import DynamoTable
from mntreamer.domain.monitors.tick_report import TickReport
from mntreamer.rows import Row, from_row, to_row

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoTickReports:
    """The items `tick:<platform>` of the table of small shared things."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._table = DynamoTable(client, table)

    def put(self, report: TickReport) -> None:
        self._table.put(_key(report.platform) | to_row(report))

    def latest(self, platform: str) -> TickReport | None:
        row = self._table.get(_key(platform))
        return from_row(TickReport, row) if row else None


def _key(platform: str) -> Row:
    return {"name": f"tick:{platform}"}
