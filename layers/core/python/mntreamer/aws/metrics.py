"""A tick's numbers as CloudWatch metrics, in the embedded metric format: one series for each number and platform."""

from collections.abc import Iterator
from contextlib import contextmanager

from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from mntreamer.domain.monitors.breaker import BreakerStatus, breaker_of
from mntreamer.domain.monitors.tick_report import TickReport
from mntreamer.ports import Ports
from mntreamer.tick.tick import Tick

NAMESPACE = "mntreamer"
_COUNTS = ("due", "claimed", "probed", "live", "errors", "broken", "left")
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


def emit_start_delay(platform: str, delay_s: float) -> None:
    """The one number that only a recorder knows."""
    with _metrics_of(platform) as metrics:
        _add(metrics, "start_delay", MetricUnit.Seconds, delay_s)


def _add_report(metrics: EphemeralMetrics, report: TickReport) -> None:
    for name in _COUNTS:
        _add(metrics, name, MetricUnit.Count, getattr(report, name))
    _add(metrics, "tick_duration", MetricUnit.Seconds, report.duration_s)
    _add(metrics, "backlog_age", MetricUnit.Seconds, report.backlog_age_s)


def _add(metrics: EphemeralMetrics, name: str, unit: MetricUnit, value: float) -> None:
    metrics.add_metric(name=name, unit=unit, value=float(value))


@contextmanager
def _metrics_of(platform: str) -> Iterator[EphemeralMetrics]:
    metrics = EphemeralMetrics(namespace=NAMESPACE, service=_NO_SERVICE)
    metrics.add_dimension(name="platform", value=platform)
    yield metrics
    if metrics.metric_set:  # at a metric's hundredth value, Powertools writes all by itself
        metrics.flush_metrics()
