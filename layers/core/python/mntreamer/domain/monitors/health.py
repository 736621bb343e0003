"""Whether the monitoring does what it is for: numbers, and in words what is wrong. It names no streamer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mntreamer.domain.monitors.breaker import Breaker, BreakerStatus
from mntreamer.domain.monitors.delays import Delays
from mntreamer.domain.monitors.login import Login, LoginStatus
from mntreamer.domain.monitors.tick_report import TickReport
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.flow import Flow
from mntreamer.domain.times import seconds, to_iso

# A tick reports every minute: two reports may be lost before anybody is alarmed.
STANDS_STILL = timedelta(minutes=3)
# Beyond what a busy minute leaves for the next ones.
FALLS_BEHIND = timedelta(minutes=5)


class HealthStatus(StrEnum):
    OK = "ok"
    DEGRADED = "degraded"


class FindingCode(StrEnum):
    """Never renamed: clients know them."""

    UNRECORDED = "unrecorded"
    STALLED = "stalled"
    LEFT_ALONE = "left_alone"
    TRIED_AGAIN = "tried_again"
    LOGIN_EXPIRED = "login_expired"
    LOGIN_UNUSABLE = "login_unusable"
    NO_TICK = "no_tick"
    TICK_STANDS_STILL = "tick_stands_still"
    FALLS_BEHIND = "falls_behind"
    CHECKS_BROKEN = "checks_broken"


@dataclass(frozen=True, slots=True)
class PlatformHealth:
    """One platform: its last tick, None before the first, its circuit breaker, and how it is with our login to it."""

    platform: str
    tick: TickReport | None
    breaker: Breaker
    login: Login


@dataclass(frozen=True, slots=True)
class Health:
    """`flow` is that of what is unfinished, the delays are those of the newest recordings."""

    time: datetime
    platforms: tuple[PlatformHealth, ...]
    flow: Flow
    detection: Delays
    start: Delays

    @property
    def problems(self) -> list[Reason]:
        """A sentence each; none where all is well."""
        of_platforms = (problem for platform in self.platforms for problem in _problems(platform, self.time))
        return [*_of_flow(self.flow), *of_platforms]

    @property
    def status(self) -> HealthStatus:
        return HealthStatus.DEGRADED if self.problems else HealthStatus.OK


def _problems(health: PlatformHealth, now: datetime) -> Iterator[Reason]:
    platform = health.platform
    yield from _of_breaker(platform, health.breaker)
    yield from _of_login(platform, health.login)
    if health.tick is None:
        text = f"{platform}: there was no tick yet; one should come every minute"
        yield Reason(text, FindingCode.NO_TICK, platform=platform)
    elif now - health.tick.ended_at > STANDS_STILL:
        at = to_iso(health.tick.ended_at)
        text = f"{platform}: the tick stands still; the last one ended at {at}"
        yield Reason(text, FindingCode.TICK_STANDS_STILL, platform=platform, at=at)
    else:
        yield from _of_tick(health.tick)


def _of_flow(flow: Flow) -> Iterator[Reason]:
    if flow.unrecorded:
        text = f"{flow.unrecorded} live and nothing stored yet; their streamers say why"
        yield Reason(text, FindingCode.UNRECORDED, count=flow.unrecorded)
    if flow.stalled:
        text = f"{flow.stalled} live and nothing stored any more; their streamers say why"
        yield Reason(text, FindingCode.STALLED, count=flow.stalled)


def _of_breaker(platform: str, breaker: Breaker) -> Iterator[Reason]:
    why = breaker.reason or ""
    if breaker.state is BreakerStatus.OPEN and breaker.until:
        until = to_iso(breaker.until)
        text = f"{platform}: nothing is asked before {until}, since {why}"
        yield Reason(text, FindingCode.LEFT_ALONE, platform=platform, until=until, why=why)
    elif breaker.state is BreakerStatus.HALF_OPEN:
        text = f"{platform}: only one request at a time is tried, since {why}"
        yield Reason(text, FindingCode.TRIED_AGAIN, platform=platform, why=why)


def _of_login(platform: str, login: Login) -> Iterator[Reason]:
    if login.state is LoginStatus.EXPIRED and login.since:
        at = to_iso(login.since)
        text = f"{platform}: the login has expired, as was noticed at {at}; renew it"
        yield Reason(text, FindingCode.LOGIN_EXPIRED, platform=platform, at=at)
    elif login.state is LoginStatus.UNUSABLE:
        text = f"{platform}: the login cannot be used, and nothing that needs one is recorded; the log says why"
        yield Reason(text, FindingCode.LOGIN_UNUSABLE, platform=platform)


def _of_tick(tick: TickReport) -> Iterator[Reason]:
    platform = tick.platform
    if seconds(tick.backlog_age_s) > FALLS_BEHIND:
        minutes = round(tick.backlog_age_s / 60)
        text = f"{platform}: checking falls behind; {tick.left} are due, the oldest for {minutes} minutes"
        yield Reason(text, FindingCode.FALLS_BEHIND, platform=platform, due=tick.left, minutes=minutes)
    if tick.broken:
        text = f"{platform}: {tick.broken} of the last tick's checks broke off by our own fault; see the log"
        yield Reason(text, FindingCode.CHECKS_BROKEN, platform=platform, count=tick.broken)
