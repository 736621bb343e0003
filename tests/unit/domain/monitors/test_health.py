from dataclasses import replace
from datetime import datetime

import pytest

from mntreamer.domain.monitors.breaker import Breaker, BreakerStatus
from mntreamer.domain.monitors.delays import Delays
from mntreamer.domain.monitors.health import Health, HealthStatus, PlatformHealth
from mntreamer.domain.monitors.login import Login, LoginStatus
from mntreamer.domain.monitors.tick_report import TickReport
from mntreamer.domain.recordings.flow import Flow
from tests.contract.records import NOON, minutes

TICK = TickReport("chzzk", NOON - minutes(1), 60.0, 5, 5, 5, 1, 0, 0, 0, 0.0)
CLOSED = Breaker(BreakerStatus.CLOSED)
NO_LOGIN = Login(LoginStatus.NONE)
WELL = PlatformHealth("chzzk", TICK, CLOSED, NO_LOGIN)
REASON = "api.example asked us to stay away: HTTP 429"


NOTHING = Flow()


def health(*platforms: PlatformHealth, flow: Flow = NOTHING) -> Health:
    return Health(NOON, platforms, flow, Delays(), Delays())


def only_problem(platform: PlatformHealth) -> str:
    """What is said of it when all else is well."""
    degraded = health(platform, replace(WELL, platform="other"))
    assert degraded.status is HealthStatus.DEGRADED
    [problem] = degraded.problems
    return problem


def test_all_is_well() -> None:
    assert (health(WELL).status, health(WELL).problems) == (HealthStatus.OK, [])


def test_errors_of_single_channels_are_no_problem_of_ours() -> None:
    assert health(replace(WELL, tick=replace(TICK, errors=5, live=0))).status is HealthStatus.OK


def test_what_is_live_and_not_stored_comes_first() -> None:
    told = health(replace(WELL, tick=None), flow=Flow(recording=7, unrecorded=2, stalled=1))
    assert told.status is HealthStatus.DEGRADED
    assert told.problems[:2] == [
        "2 live and nothing stored yet; their streamers say why",
        "1 live and nothing stored any more; their streamers say why",
    ]
    assert [(problem.code, problem.values) for problem in told.problems] == [
        ("unrecorded", {"count": 2}),
        ("stalled", {"count": 1}),
        ("no_tick", {"platform": "chzzk"}),
    ]
    assert health(WELL, flow=Flow(recording=7)).problems == []


def test_a_platform_that_is_left_alone() -> None:
    breaker = Breaker(BreakerStatus.OPEN, 3, NOON + minutes(4), REASON)
    assert only_problem(replace(WELL, breaker=breaker)) == (
        f"chzzk: nothing is asked before 2026-11-22T03:04:00.123Z, since {REASON}"
    )


def test_a_platform_that_is_tried_again() -> None:
    breaker = Breaker(BreakerStatus.HALF_OPEN, 3, None, REASON)
    assert only_problem(replace(WELL, breaker=breaker)) == (
        f"chzzk: only one request at a time is tried, since {REASON}"
    )


def test_a_login_that_has_expired() -> None:
    assert only_problem(replace(WELL, login=Login(LoginStatus.EXPIRED, NOON - minutes(4)))) == (
        "chzzk: the login has expired, as was noticed at 2026-11-22T02:56:00.123Z; renew it"
    )


def test_a_login_that_cannot_be_used() -> None:
    assert only_problem(replace(WELL, login=Login(LoginStatus.UNUSABLE))) == (
        "chzzk: the login cannot be used, and nothing that needs one is recorded; the log says why"
    )


def test_a_login_in_use_is_as_good_as_none_is_needed() -> None:
    assert health(replace(WELL, login=Login(LoginStatus.IN_USE))).status is HealthStatus.OK


def test_no_tick_yet() -> None:
    assert only_problem(replace(WELL, tick=None)) == "chzzk: there was no tick yet; one should come every minute"


def test_a_tick_that_stands_still_and_its_old_numbers_are_no_news() -> None:
    old = replace(TICK, began_at=NOON - minutes(5), broken=1, left=9, backlog_age_s=900.0)
    assert only_problem(replace(WELL, tick=old)) == (
        "chzzk: the tick stands still; the last one ended at 2026-11-22T02:56:00.123Z"
    )


@pytest.mark.parametrize("began", [NOON - minutes(4), NOON + minutes(4)])
def test_a_report_may_be_late_twice_and_a_clock_ahead(began: datetime) -> None:
    assert health(replace(WELL, tick=replace(TICK, began_at=began))).status is HealthStatus.OK


def test_checks_that_broke_off() -> None:
    assert only_problem(replace(WELL, tick=replace(TICK, broken=2))) == (
        "chzzk: 2 of the last tick's checks broke off by our own fault; see the log"
    )


@pytest.mark.parametrize(("backlog_age_s", "is_late"), [(300.0, False), (301.0, True)])
def test_a_backlog_is_a_problem_from_five_minutes_on(backlog_age_s: float, *, is_late: bool) -> None:
    tick = replace(TICK, left=900, backlog_age_s=backlog_age_s)
    late = health(replace(WELL, tick=tick))
    says = ["chzzk: checking falls behind; 900 are due, the oldest for 5 minutes"]
    assert late.problems == (says if is_late else [])
    told = [(problem.code, problem.values) for problem in late.problems]
    assert told == ([("falls_behind", {"platform": "chzzk", "due": 900, "minutes": 5})] if is_late else [])


def test_everything_that_is_wrong_is_said() -> None:
    tick = replace(TICK, broken=2, left=900, backlog_age_s=900.0)
    breaker = Breaker(BreakerStatus.OPEN, 3, NOON + minutes(4), REASON)
    told = health(PlatformHealth("chzzk", tick, breaker, NO_LOGIN), WELL, replace(WELL, tick=None)).problems
    assert [problem.code for problem in told] == ["left_alone", "falls_behind", "checks_broken", "no_tick"]
