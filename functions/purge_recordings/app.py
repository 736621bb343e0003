"""Every minute: delete for good what people have given up, and give up what nobody has refined."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.aws.composition import serving_ports
from mntreamer.aws.log import service_logger
from mntreamer.usecases.refining.give_up_unrefined import give_up_unrefined
from mntreamer.usecases.refining.purge_recordings import purge_recordings

# What 55 s are enough for: twenty listings and as many deletions of a thousand objects, each in a second.
OBJECTS = 20_000
RECORDINGS = 20

logger = service_logger()


@logger.inject_lambda_context
def handler(_event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    deleted = purge_recordings(serving_ports(), OBJECTS)
    given_up = give_up_unrefined(serving_ports(), RECORDINGS)
    if deleted or given_up:
        logger.info("swept", objects_deleted=deleted, recordings_given_up=given_up)
    return {"deleted": deleted, "given_up": given_up}
