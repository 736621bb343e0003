"""Whether the monitoring does what it is for: numbers, and in words what is wrong. It names no streamer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mntreamer.domain.monitors.breaker import Breaker, BreakerStatus
from mntreamer.domain.monitors.delays import Delays
from mntreamer.domain.monitors.login import Login, LoginStatus
from mntreamer.domain.monitors.tick_report import TickReport
from mntreamer.domain.recordings.flow import Flow
from mntreamer.domain.times import seconds, to_iso

# A tick reports every minute: two reports may be lost before anybody is alarmed.
STANDS_STILL = timedelta(minutes=3)
# Beyond what a busy minute leaves for the next ones.
FALLS_BEHIND = timedelta(minutes=5)


class HealthStatus(StrEnum):
    OK = "ok"
    DEGRADED = "degraded"


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
    def problems(self) -> list[str]:
        """A sentence each; none where all is well."""
        of_platforms = (problem for platform in self.platforms for problem in _problems(platform, self.time))
        return [*_of_flow(self.flow), *of_platforms]

    @property
    def status(self) -> HealthStatus:
        return HealthStatus.DEGRADED if self.problems else HealthStatus.OK


def _problems(health: PlatformHealth, now: datetime) -> Iterator[str]:
    yield from _of_breaker(health.platform, health.breaker)
    yield from _of_login(health.platform, health.login)
    if health.tick is None:
        yield f"{health.platform}: there was no tick yet; one should come every minute"
    elif now - health.tick.ended_at > STANDS_STILL:
        yield f"{health.platform}: the tick stands still; the last one ended at {to_iso(health.tick.ended_at)}"
    else:
        yield from _of_tick(health.tick)


def _of_flow(flow: Flow) -> Iterator[str]:
    if flow.unrecorded:
        yield f"{flow.unrecorded} live and nothing stored yet; their streamers say why"
    if flow.stalled:
        yield f"{flow.stalled} live and nothing stored any more; their streamers say why"


def _of_breaker(platform: str, breaker: Breaker) -> Iterator[str]:
    if breaker.state is BreakerStatus.OPEN and breaker.until:
        yield f"{platform}: nothing is asked before {to_iso(breaker.until)}, since {breaker.reason}"
    elif breaker.state is BreakerStatus.HALF_OPEN:
        yield f"{platform}: only one request at a time is tried, since {breaker.reason}"


def _of_login(platform: str, login: Login) -> Iterator[str]:
    if login.state is LoginStatus.EXPIRED and login.since:
        yield f"{platform}: the login has expired, as was noticed at {to_iso(login.since)}; renew it"
    elif login.state is LoginStatus.UNUSABLE:
        yield f"{platform}: the login cannot be used, and nothing that needs one is recorded; the log says why"


def _of_tick(tick: TickReport) -> Iterator[str]:
    if seconds(tick.backlog_age_s) > FALLS_BEHIND:
        minutes = round(tick.backlog_age_s / 60)
        yield f"{tick.platform}: checking falls behind; {tick.left} are due, the oldest for {minutes} minutes"
    if tick.broken:
        yield f"{tick.platform}: {tick.broken} of the last tick's checks broke off by our own fault; see the log"
