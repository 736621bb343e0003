"""The numbers of the health, and how often checks came to what, as Prometheus takes them.

Names and units: https://prometheus.io/docs/practices/naming/
"""

from collections.abc import Callable, Iterator, Mapping

from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.registry import Collector

from mntreamer.domain.monitors.breaker import BreakerStatus
from mntreamer.domain.monitors.check import Outcome
from mntreamer.domain.monitors.delays import Delays
from mntreamer.domain.monitors.health import Health, HealthStatus
from mntreamer.domain.monitors.login import LoginStatus
from mntreamer.domain.recordings.flow import Flow

Outcomes = Mapping[tuple[str, Outcome], int]

_TICK_COUNTS = {
    "due": "Monitors that were due in the last tick.",
    "claimed": "Due monitors that were claimed.",
    "probed": "Channels that the platform was asked for.",
    "live": "Channels that were on air, and may be recorded.",
    "errors": "Probes without an answer that means anything.",
    "sent_away": "Probes that were answered with HTTP 403 or 429.",
    "broken": "Checks that broke off by our own fault.",
    "left": "Monitors that stay due for a later tick.",
    "launches_failed": "Recorders that could not be started.",
}


class Metrics(Collector):
    """Measures anew for each scrape. `outcomes`: the checks since the server began, by platform and outcome."""

    def __init__(self, measure: Callable[[], Health], outcomes: Outcomes) -> None:
        self._measure = measure
        self._outcomes = outcomes

    def collect(self) -> Iterator[Metric]:
        health = self._measure()
        is_ok = health.status is HealthStatus.OK
        yield GaugeMetricFamily("mntreamer_healthy", "1 while nothing is wrong; the health says what is.", is_ok)
        yield from _flow(health.flow)
        yield from _ticks(health)
        yield from _breakers(health)
        yield _logins(health)
        yield from _delays("detection", "From a stream's begin to the probe that saw it", health.detection)
        yield from _delays("start", "From a stream's begin to its first stored segment", health.start)
        yield _checks(dict(self._outcomes))


def _flow(flow: Flow) -> Iterator[Metric]:
    yield GaugeMetricFamily("mntreamer_recordings_running", "Recorders at work.", flow.recording)
    yield GaugeMetricFamily("mntreamer_recordings_unrecorded", "Live, and nothing stored yet.", flow.unrecorded)
    yield GaugeMetricFamily("mntreamer_recordings_stalled", "Live, and nothing stored any more.", flow.stalled)


def _ticks(health: Health) -> Iterator[Metric]:
    ticks = [platform.tick for platform in health.platforms if platform.tick]
    for name, says in _TICK_COUNTS.items():
        counts = {tick.platform: getattr(tick, name) for tick in ticks}
        yield _by_platform(f"mntreamer_tick_{name}", says, counts)
    durations_s = {tick.platform: tick.duration_s for tick in ticks}
    yield _by_platform(
        "mntreamer_tick_duration_seconds", "How long the last tick took; here it is a minute's checks.", durations_s
    )
    ended_at = {tick.platform: tick.ended_at.timestamp() for tick in ticks}
    yield _by_platform("mntreamer_tick_timestamp_seconds", "When the last tick ended, since the epoch.", ended_at)
    backlogs_s = {tick.platform: tick.backlog_age_s for tick in ticks}
    yield _by_platform(
        "mntreamer_backlog_age_seconds", "For how long the oldest that stays due has been so.", backlogs_s
    )


def _breakers(health: Health) -> Iterator[Metric]:
    is_open = {platform.platform: platform.breaker.state is not BreakerStatus.CLOSED for platform in health.platforms}
    yield _by_platform("mntreamer_breaker_open", "1 while a platform is left alone, or asked on trial only.", is_open)
    blocks = {platform.platform: platform.breaker.blocks for platform in health.platforms}
    yield _by_platform("mntreamer_breaker_blocks", "How often in a row a platform has sent us away.", blocks)


def _logins(health: Health) -> Metric:
    wrong = (LoginStatus.EXPIRED, LoginStatus.UNUSABLE)
    is_wrong = {platform.platform: platform.login.state in wrong for platform in health.platforms}
    return _by_platform("mntreamer_login_wrong", "1 while there is a login that opens nothing.", is_wrong)


def _delays(name: str, says: str, delays: Delays) -> Iterator[Metric]:
    """No sums: these are the newest recordings', not all that ever were."""
    quantiles = SummaryMetricFamily(f"mntreamer_{name}_delay_seconds", f"{says}.")
    mean = GaugeMetricFamily(f"mntreamer_{name}_delay_mean_seconds", f"{says}, on average.")
    for quantile, delay_s in (("0.95", delays.p95_s), ("1", delays.max_s)):
        if delay_s is not None:
            quantiles.add_sample(quantiles.name, {"quantile": quantile}, delay_s)
    if delays.mean_s is not None:
        mean.add_metric([], delays.mean_s)
    yield quantiles
    yield mean
    yield GaugeMetricFamily(
        f"mntreamer_{name}_delay_recordings",
        "Recordings that the delays are of: the newest that have one.",
        delays.count,
    )


def _checks(outcomes: Outcomes) -> Metric:
    checks = CounterMetricFamily("mntreamer_checks", "Checks of due monitors.", labels=["platform", "outcome"])
    for (platform, outcome), count in outcomes.items():
        checks.add_metric([platform, outcome], count)
    return checks


def _by_platform(name: str, says: str, values: Mapping[str, float]) -> Metric:
    gauge = GaugeMetricFamily(name, says, labels=["platform"])
    for platform, value in values.items():
        gauge.add_metric([platform], value)
    return gauge
