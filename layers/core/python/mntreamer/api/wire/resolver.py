"""Powertools' resolver for several threads."""

import threading
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from aws_lambda_powertools.utilities.typing import LambdaContext


class ThreadsOwnResolver(threading.local):
    """Each thread has a resolver of its own, which `build` makes: a resolver keeps the request that it is at."""

    def __init__(self, build: Callable[[], APIGatewayHttpResolver]) -> None:
        self._resolver = build()

    def resolve(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        """The answer as API Gateway expects it from a function."""
        self._resolver.current_event = APIGatewayProxyEventV2(event)  # hides the class's, which all threads set
        return self._resolver.resolve(event, context)
