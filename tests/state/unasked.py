"""The port `TickReports` where nobody reports: one monitor is checked at a time."""

from mntreamer.domain.monitors.tick_report import TickReport


class NoTickReports:
    def put(self, report: TickReport) -> None:
        raise AssertionError(report)

    def latest(self, platform: str) -> TickReport | None:
        raise AssertionError(platform)
