"""A source playlist or its edits were written, or its recording closed: render what people play.

The bucket's event alone would do, were it never lost; the table's stream says once more when nothing will follow.
"""

from typing import Any
from urllib.parse import unquote

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.aws.composition import media_store, plays_openly
from mntreamer.aws.log import service_logger
from mntreamer.correlation import correlated
from mntreamer.domain.error_place import safe_text
from mntreamer.domain.media_path import EDITS, SOURCE_PLAYLIST
from mntreamer.usecases.recordings.publish_playlist import publish_playlist

logger = service_logger()
processor = BatchProcessor(event_type=EventType.DynamoDBStreams)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse | None:
    if "Records" in event:
        return process_partial_response(event, _recording_changed, processor, context)
    prefix = _prefix_in(event)
    if prefix is None:
        logger.warning("ignored: neither a source playlist nor edits", kind=event.get("detail-type"))
    else:
        _publish(prefix)
    return None


def _recording_changed(record: DynamoDBRecord) -> None:
    new = (record.dynamodb.new_image if record.dynamodb else None) or {}
    if "prefix" in new:
        _publish(new["prefix"])


def _publish(prefix: str) -> None:
    with correlated(prefix):
        try:
            published = publish_playlist(media_store(), prefix, openly=plays_openly())
        except Exception as error:
            logger.error("not published: %s", safe_text(error))
            raise
        logger.info("published" if published else "there is no source playlist")


def _prefix_in(event: dict[str, Any]) -> str | None:
    """Where the recording lies.

    S3's own notifications quote keys. Of its events on EventBridge AWS says neither; to unquote ours changes nothing,
    as they hold no percent sign.
    """
    match event:
        case {"source": "aws.s3", "detail": {"object": {"key": str(told)}}}:
            key = unquote(told)
            prefix, _, name = key.rpartition("/")
            return f"{prefix}/" if key.startswith("media/") and name in (SOURCE_PLAYLIST, EDITS) else None
        case _:
            return None
