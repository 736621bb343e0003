from datetime import datetime, timedelta

import pytest

from mntreamer.domain.monitors.check import Check, Outcome
from mntreamer.domain.monitors.due import Due
from mntreamer.domain.monitors.probe import Live, NotRecordable, Offline, Probe, ProbeFailed, UnknownChannel
from mntreamer.domain.monitors.tick_report import TickReport, report_of
from tests.contract.records import NOON, a_problem

LATER = NOON + timedelta(seconds=12.5)
LIVE = Live("1001", "title", "game", NOON)


def check(outcome: Outcome, probe: Probe | None = None) -> Check:
    return Check("chzzk", outcome, probe)


def left_since(check_at: datetime) -> Due:
    return Due(f"chzzk:{check_at}", "chzzk", 0, 0, check_at)


def report(*checks: Check, left: tuple[Due, ...] = ()) -> TickReport:
    return report_of("chzzk", checks, left, NOON, LATER)


def test_a_tick_without_anything_due_is_reported_too() -> None:
    assert report() == TickReport("chzzk", NOON, 12.5, 0, 0, 0, 0, 0, 0, 0, 0.0)
    assert report().ended_at == LATER


@pytest.mark.parametrize(
    ("outcome", "probe", "counted"),
    [
        (Outcome.TAKEN, None, {"due"}),
        (Outcome.BROKEN, None, {"due", "broken"}),
        (Outcome.PAUSED, None, {"due", "claimed"}),
        (Outcome.HELD, None, {"due", "claimed"}),
        (Outcome.CLOSED, None, {"due", "claimed"}),
        (Outcome.CLOSED, Offline(), {"due", "claimed", "probed"}),
        (Outcome.WAITING, Offline(), {"due", "claimed", "probed"}),
        (Outcome.WAITING, NotRecordable(a_problem("adults only")), {"due", "claimed", "probed"}),
        (Outcome.WAITING, UnknownChannel(), {"due", "claimed", "probed"}),
        (Outcome.WAITING, LIVE, {"due", "claimed", "probed", "live"}),
        (Outcome.OPENED, LIVE, {"due", "claimed", "probed", "live"}),
        (Outcome.RELAUNCHED, LIVE, {"due", "claimed", "probed", "live"}),
        (Outcome.FAILED, ProbeFailed(a_problem("HTTP 500")), {"due", "claimed", "probed", "errors"}),
    ],
)
def test_what_a_check_counts_as(outcome: Outcome, probe: Probe | None, counted: set[str]) -> None:
    counts = report(check(outcome, probe), check(outcome, probe))
    names = ("due", "claimed", "probed", "live", "errors", "broken", "left")
    assert {name: getattr(counts, name) for name in names} == {name: 2 * (name in counted) for name in names}


def test_what_is_left_was_due_and_is_counted_once() -> None:
    counts = report(check(Outcome.LEFT), check(Outcome.WAITING, Offline()), left=(left_since(NOON),))
    assert (counts.due, counts.claimed, counts.left) == (2, 1, 1)


def test_the_backlog_is_as_old_as_the_oldest_that_is_left() -> None:
    left = (left_since(NOON), left_since(NOON - timedelta(seconds=30)), left_since(LATER))
    assert report(left=left).backlog_age_s == 42.5


def test_what_was_taken_ahead_of_its_time_is_no_backlog() -> None:
    counts = report(left=(left_since(LATER + timedelta(seconds=5)),))
    assert (counts.left, counts.backlog_age_s) == (1, 0.0)
