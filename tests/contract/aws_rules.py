"""Rules of AWS that moto does not keep, kept for it: a request that AWS would refuse fails here too."""

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_ecs import ECSClient

_KNOWN_WORDS = {"AND", "SET", "REMOVE", "attribute_exists", "attribute_not_exists"}
_WORD = re.compile(r"[#:]?\w+")


def keep_expression_rules(client: "DynamoDBClient") -> None:
    """No bare name, which might be a reserved word; nothing used but undeclared, nor the other way round."""
    client.meta.events.register("provide-client-params.dynamodb", _check_expressions)


def _check_expressions(params: Mapping[str, Any], **_: object) -> None:
    for request in _requests(params):
        expressions = " ".join(value for name, value in request.items() if name.endswith("Expression"))
        words = set(_WORD.findall(expressions)) - _KNOWN_WORDS
        declared = {*request.get("ExpressionAttributeNames", {}), *request.get("ExpressionAttributeValues", {})}
        assert words == declared


def _requests(params: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield params
    for write in params.get("TransactItems", []):
        yield from write.values()


def keep_client_tokens(client: "ECSClient") -> None:
    """RunTask repeated with a token answers as it did before and starts nothing."""
    answers: dict[str, Any] = {}

    def answer_again(params: Mapping[str, Any], context: dict[str, Any], **_: object) -> Any:
        context["token"] = json.loads(params["body"])["clientToken"]
        return answers.get(context["token"])

    def remember(http_response: Any, parsed: Any, context: Mapping[str, Any], **_: object) -> None:
        if http_response.status_code == HTTPStatus.OK:
            answers[context["token"]] = (http_response, parsed)

    client.meta.events.register("before-call.ecs.RunTask", answer_again)
    client.meta.events.register("after-call.ecs.RunTask", remember)
