from dataclasses import replace

from mntreamer.domain.monitors.tick_report import TickReport
from mntreamer.ports import TickReports
from tests.contract.records import NOON, minutes

REPORT = TickReport(
    platform="chzzk",
    began_at=NOON,
    duration_s=12.345,
    due=11,
    claimed=10,
    probed=9,
    live=2,
    errors=1,
    broken=3,
    left=4,
    backlog_age_s=0.0,
)


class TestTickReports:
    def test_before_the_first_there_is_none(self, tick_reports: TickReports) -> None:
        assert tick_reports.latest("chzzk") is None

    def test_a_report_is_read_as_it_was_put(self, tick_reports: TickReports) -> None:
        tick_reports.put(REPORT)

        assert tick_reports.latest("chzzk") == REPORT

    def test_the_latest_takes_the_place_of_the_last_one_in_every_number(self, tick_reports: TickReports) -> None:
        later = TickReport("chzzk", NOON + minutes(1), 0.0, 0, 0, 0, 0, 0, 0, 0, 61.5)
        tick_reports.put(REPORT)
        tick_reports.put(later)

        assert tick_reports.latest("chzzk") == later

    def test_platforms_are_apart(self, tick_reports: TickReports) -> None:
        other = replace(REPORT, platform="soop", due=99)
        tick_reports.put(REPORT)
        tick_reports.put(other)

        assert tick_reports.latest("chzzk") == REPORT
        assert tick_reports.latest("soop") == other
