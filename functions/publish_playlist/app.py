"""A source playlist was written: render what people play."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.aws.composition import media_store
from mntreamer.aws.log import service_logger
from mntreamer.domain.media_path import SOURCE_PLAYLIST
from mntreamer.usecases.publish_playlist import publish_playlist

logger = service_logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], _context: LambdaContext) -> None:
    prefix = _prefix_of_source(event)
    if prefix is None:
        logger.warning("ignored: not about a source playlist", kind=event.get("detail-type"))
        return
    published = publish_playlist(media_store(), prefix)
    logger.info("published" if published else "the source playlist is gone again", prefix=prefix)


def _prefix_of_source(event: dict[str, Any]) -> str | None:
    """Where the recording lies. EventBridge has keys as they are; only S3's own notifications quote them."""
    match event:
        case {"source": "aws.s3", "detail": {"object": {"key": str(key)}}}:
            prefix, _, name = key.rpartition("/")
            return f"{prefix}/" if key.startswith("media/") and name == SOURCE_PLAYLIST else None
        case _:
            return None
