"""The API behind the token as it is now: once that is replaced, all that was made under the old one has ended."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.api.routes import Api


class CurrentApi:
    """`token` is asked at each request, and `build` for the API of one that was not asked before."""

    def __init__(self, token: Callable[[], str], build: Callable[[str], Api]) -> None:
        self._token = token
        self._behind = lru_cache(maxsize=1)(build)

    def resolve(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        """As `Api.resolve`. Raises what `token` raises."""
        return self._behind(self._token()).resolve(event, context)
