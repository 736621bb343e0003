"""Numbers as CloudWatch metrics, in the embedded metric format: one series for each number and platform.

Each series is paid for, so what AWS counts itself is not here, nor what only the health needs. They are in the
namespace that POWERTOOLS_METRICS_NAMESPACE names, the stack's own.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta

from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from mntreamer.domain.monitors.breaker import BreakerStatus, breaker_of
from mntreamer.domain.monitors.check import Check
from mntreamer.domain.monitors.tick_report import TickReport
from mntreamer.domain.recordings.flow import Flow
from mntreamer.ports import Ports
from mntreamer.tick.tick import Tick

_COUNTS = ("due", "probed", "live", "errors", "sent_away", "broken", "launches_failed")
# The series are the platform's, whichever function counts; an empty name leaves out POWERTOOLS_SERVICE_NAME.
_NO_SERVICE = ""


def emit(ports: Ports, done: Tick) -> None:
    """Write them to standard output, from where CloudWatch Logs takes them."""
    for report in done.reports(list(ports.platforms)):
        breaker = breaker_of(ports.platform_states.get(report.platform), ports.clock())
        with _metrics_of(report.platform) as metrics:
            _add_report(metrics, report)
            _add(metrics, "breaker_open", MetricUnit.Count, breaker.state is not BreakerStatus.CLOSED)
            for delay_s in done.detection_delays_s(report.platform):
                _add(metrics, "detection_delay", MetricUnit.Seconds, delay_s)


def emit_flow(flows: Mapping[str, Flow]) -> None:
    """Once a minute, of each platform: missing, they say that nobody ticks."""
    for platform, flow in flows.items():
        with _metrics_of(platform) as metrics:
            for name, count in asdict(flow).items():
                _add(metrics, name, MetricUnit.Count, count)


def emit_settled(check: Check) -> None:
    """What no tick reports of a check at a recorder's end."""
    with _metrics_of(check.platform) as metrics:
        _add(metrics, "launches_failed", MetricUnit.Count, check.launch_failed)


def emit_launch_delay(platform: str, delay: timedelta) -> None:
    """From a recording's opening to its first stored segment, which its recorder alone knows."""
    with _metrics_of(platform) as metrics:
        _add(metrics, "launch_delay", MetricUnit.Seconds, delay.total_seconds())


def _add_report(metrics: EphemeralMetrics, report: TickReport) -> None:
    for name in _COUNTS:
        _add(metrics, name, MetricUnit.Count, getattr(report, name))
    _add(metrics, "backlog_age", MetricUnit.Seconds, report.backlog_age_s)


def _add(metrics: EphemeralMetrics, name: str, unit: MetricUnit, value: float) -> None:
    metrics.add_metric(name=name, unit=unit, value=float(value))


@contextmanager
def _metrics_of(platform: str) -> Iterator[EphemeralMetrics]:
    metrics = EphemeralMetrics(service=_NO_SERVICE)
    metrics.add_dimension(name="platform", value=platform)
    yield metrics
    if metrics.metric_set:  # at a metric's hundredth value, Powertools writes all by itself
        metrics.flush_metrics()
