"""The HTTP API: streamers, recordings, playback."""

from functools import cache
from typing import Any

from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.api.door import Door
from mntreamer.api.routes import Api, build_api
from mntreamer.aws.composition import api_ports, api_token
from mntreamer.aws.log import service_logger

logger = service_logger()


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return _api().resolve(event, context)


@cache
def _api() -> Api:
    return build_api(api_ports(), Door(api_token()))
