"""Every minute: look at the streamers that are due, and hand on what is more than one worker can do."""

from datetime import timedelta
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.aws.composition import check_queue, checking_ports
from mntreamer.aws.log import service_logger
from mntreamer.aws.metrics import emit, emit_flow
from mntreamer.domain.monitors.due import AHEAD
from mntreamer.domain.monitors.sharing_out import shares_of_others
from mntreamer.domain.monitors.tick_report import with_handed_on
from mntreamer.tick.tick import tick
from mntreamer.usecases.monitors.measure_flow import measure_flow

MINUTE = timedelta(minutes=1)
# More than is ever due in a minute that can be caught up with; what is beyond it is the most recent.
LISTED = 20_000
# What one worker does in a minute with a third of a CPU, and room to spare.
SHARE = 1000

logger = service_logger()


@logger.inject_lambda_context
def handler(_event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    ports = checking_ports()
    until = ports.clock() + MINUTE
    due = ports.monitors.due(ports.clock() + AHEAD, LISTED)
    rates = {name: platform.rate_per_s for name, platform in ports.platforms.items()}
    shares = [share for share in shares_of_others(due, rates, MINUTE, SHARE) if check_queue().send(share, until)]
    handed_on = {monitor for share in shares for monitor in share}
    done = tick(ports, [monitor for monitor in due if monitor not in handed_on], until)
    for report in done.reports(list(ports.platforms)):
        ports.tick_reports.put(with_handed_on(report, handed_on, MINUTE))
    emit(ports, done)
    emit_flow(measure_flow(ports))
    logger.info("looked at the streamers that were due", due=len(due), handed_on=len(handed_on))
    return {"due": len(due), "handed_on": len(handed_on)}
