"""Every minute: look at the streamers that are due."""

from datetime import timedelta
from typing import Any

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.aws.composition import checking_ports
from mntreamer.aws.log import service_logger
from mntreamer.usecases.check_monitors import check_monitors

logger = service_logger()
metrics = Metrics(namespace="mntreamer")


@logger.inject_lambda_context
@metrics.log_metrics
def handler(_event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    ports = checking_ports()
    counts = check_monitors(ports, ports.clock() + _for_new_batches(context))
    report = {"checked": counts.total()} | {outcome.value: count for outcome, count in counts.items()}
    for name, count in report.items():
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=count)
    logger.info("looked at the streamers that were due", extra=report)
    return report


def _for_new_batches(context: LambdaContext) -> timedelta:
    """Half of the time that is left: the last batch that is begun has the other half."""
    return timedelta(milliseconds=context.get_remaining_time_in_millis() / 2)
