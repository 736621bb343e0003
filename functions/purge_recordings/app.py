"""Every minute: delete for good what people have given up."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.aws.composition import serving_ports
from mntreamer.aws.log import service_logger
from mntreamer.usecases.refining.purge_recordings import purge_recordings

# What 55 s are enough for: twenty listings and as many deletions of a thousand objects, each in a second.
OBJECTS = 20_000

logger = service_logger()


@logger.inject_lambda_context
def handler(_event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    deleted = purge_recordings(serving_ports(), OBJECTS)
    if deleted:
        logger.info("deleted for good", objects=deleted)
    return {"deleted": deleted}
