"""A share of the due streamers that a tick handed on: look at them."""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.aws.check_queue import from_message
from mntreamer.aws.composition import checking_ports
from mntreamer.aws.log import service_logger
from mntreamer.aws.metrics import emit
from mntreamer.tick.tick import tick

logger = service_logger()
processor = BatchProcessor(event_type=EventType.SQS)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return process_partial_response(event, _check, processor, context)


def _check(record: SQSRecord) -> None:
    ports = checking_ports()
    share, until = from_message(record.body)
    emit(ports, tick(ports, share, until))
    logger.info("looked at a share of the streamers that were due", due=len(share))
