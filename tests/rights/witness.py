"""Sees what boto3's clients ask of AWS: every request, and every link that is signed."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from unittest.mock import patch

import boto3
from botocore import handlers


@dataclass(slots=True)
class Call:
    """`is_absent`: the answer was that there is no such object."""

    service: str
    operation: str
    parameters: Mapping[str, Any]
    is_absent: bool = False


class Witness:
    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._is_watching = False

    def watching(self) -> AbstractContextManager[None]:
        """What is asked in the block is seen."""
        return self._for_a_while(is_watching=True)

    def looking_away(self) -> AbstractContextManager[None]:
        """What is asked in the block is not."""
        return self._for_a_while(is_watching=False)

    @contextmanager
    def _for_a_while(self, *, is_watching: bool) -> Iterator[None]:
        before, self._is_watching = self._is_watching, is_watching
        try:
            yield
        finally:
            self._is_watching = before

    def asked(self, params: Mapping[str, Any], model: Any, context: dict[str, Any], **_: object) -> None:
        if self._is_watching:
            told = {name: value for name, value in params.items() if name != "Body"}
            context["seen"] = Call(model.service_model.service_name, model.name, told)
            self.calls.append(context["seen"])

    def answered(self, http_response: Any, context: Mapping[str, Any], **_: object) -> None:
        if "seen" in context:
            context["seen"].is_absent = http_response.status_code == HTTPStatus.NOT_FOUND


@contextmanager
def witness() -> Iterator[Witness]:
    """Of every client that is made in the block, by whichever session."""
    seeing = Witness()
    ours = [("provide-client-params", seeing.asked), ("after-call", seeing.answered)]
    with (
        patch.object(handlers, "BUILTIN_HANDLERS", [*handlers.BUILTIN_HANDLERS, *ours]),
        patch.object(boto3, "DEFAULT_SESSION", None),
    ):
        yield seeing
