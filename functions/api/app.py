"""The HTTP API: streamers, recordings, playback."""

from functools import lru_cache
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.api.console.console import Console
from mntreamer.api.door.door import Door
from mntreamer.api.routes import Api, build_api
from mntreamer.aws.composition import PAGE, api_ports, api_rates, api_token
from mntreamer.aws.log import service_logger

logger = service_logger()
_console = Console(PAGE)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    logger.append_keys(request=event["requestContext"]["requestId"])  # as the access log names it
    answer = _answer(event, context)
    is_refused = answer["statusCode"] == HTTPStatus.UNAUTHORIZED
    return _answer(event, context) if is_refused and api_token().is_replaced() else answer


def _answer(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return _api(api_token().current()).resolve(event, context)


@lru_cache(maxsize=1)
def _api(token: str) -> Api:
    return build_api(api_ports(), Door(token), api_rates(), _console)
