"""Rows changed: whoever asked for it is told. First on the bus, from there each webhook by itself."""

from contextlib import AbstractContextManager
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.aws.composition import event_bus, webhook_session, webhooks
from mntreamer.aws.event_bus import NOTICES, POSTINGS
from mntreamer.aws.log import service_logger
from mntreamer.aws.row_change import row_change_in
from mntreamer.clock import utc_now
from mntreamer.correlation import correlated
from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import NotDelivered
from mntreamer.domain.notifications.notice import Notice, notice_in
from mntreamer.domain.notifications.notice_of import notice_of
from mntreamer.webhooks.post_notice import post_notice

logger = service_logger()
processor = BatchProcessor(event_type=EventType.DynamoDBStreams)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse | None:
    match event:
        case {"Records": list()}:
            return process_partial_response(event, _row_changed, processor, context)
        case {"source": source, "detail": document} if source == NOTICES:
            _hand_out(notice_in(document))
        case {"source": source, "detail": {"webhook": name, "notice": document}} if source == POSTINGS:
            _post(notice_in(document), name)
        case _:
            logger.warning("ignored: no notice", kind=event.get("detail-type"))
    return None


def _row_changed(record: DynamoDBRecord) -> None:
    change = row_change_in(record)
    notice = notice_of(change.old, change.new, change.at) if change else None
    if notice is None:
        return
    with _about(notice):
        try:
            event_bus().tell(notice)
        except Exception as error:
            logger.error("%s is not told: %s", notice.type, safe_text(error))
            raise
        logger.info("told: %s", notice.type, notice=notice.notice_id, subject=notice.subject)


def _hand_out(notice: Notice) -> None:
    wanting = [webhook for webhook in webhooks() if webhook.wants(notice)]
    event_bus().hand_out(notice, wanting)


def _post(notice: Notice, name: str) -> None:
    """What may arrive later is raised, so that Lambda tries it again."""
    named = [webhook for webhook in webhooks() if webhook.name == name]
    with _about(notice):
        for webhook in named:
            try:
                post_notice(webhook_session(), webhook, notice, utc_now())
            except NotDelivered as error:
                logger.error("%s is not delivered: %s", notice.type, error)
                if not error.is_final:
                    raise


def _about(notice: Notice) -> AbstractContextManager[None]:
    return correlated(str(notice.facts.get("prefix", "")))
