"""A share of the due streamers that a tick handed on: look at them."""

from aws_lambda_powertools.utilities.data_classes import SQSEvent, event_source
from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.aws.check_queue import from_message
from mntreamer.aws.composition import checking_ports
from mntreamer.aws.log import service_logger
from mntreamer.aws.metrics import emit
from mntreamer.tick.tick import tick

logger = service_logger()


@logger.inject_lambda_context
@event_source(data_class=SQSEvent)
def handler(event: SQSEvent, _context: LambdaContext) -> None:
    ports = checking_ports()
    for message in event.records:
        share, until = from_message(message.body)
        emit(ports, tick(ports, share, until))
        logger.info("looked at a share of the streamers that were due", due=len(share))
