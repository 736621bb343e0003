"""The port `TickReports` on SQLite."""

from dataclasses import asdict
from pathlib import Path

from mntreamer.domain.monitors.tick_report import TickReport
from mntreamer_local.sqlite.table import SqliteTable


class SqliteTickReports:
    """The table `tick_reports` in the database file at `path`."""

    def __init__(self, path: Path) -> None:
        self._table = SqliteTable(path, "tick_reports", TickReport, "platform")

    def put(self, report: TickReport) -> None:
        if not self._table.insert(report):
            self._table.update(report.platform, asdict(report), {})

    def latest(self, platform: str) -> TickReport | None:
        return self._table.get(platform)
