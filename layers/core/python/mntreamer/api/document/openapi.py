"""The API's OpenAPI document (3.1), put together from one file for each group of routes, in `openapi_parts/`."""

import json
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from mntreamer.api.wire.answers import json_answer

_HERE = Path(__file__).parent
_METHODS = ("get", "post", "put", "patch", "delete")
Json = dict[str, Any]


def add_document_route(app: APIGatewayHttpResolver) -> None:
    @app.get("/api/v1/openapi.json")
    def document() -> Response[str]:
        return json_answer(HTTPStatus.OK, openapi_document())


@cache
def openapi_document() -> Json:
    """All of it. The parts say what their handlers answer; what is answered before and around them is added here."""
    document = _read(_HERE / "openapi_frame.json")
    for path in sorted((_HERE / "openapi_parts").glob("*.json")):
        part = _read(path)
        document["paths"] |= part["paths"]
        for kind in ("parameters", "schemas"):
            document["components"][kind] |= part.get(kind, {})
    document["paths"] = dict(sorted(document["paths"].items()))
    for _, _, operation in operations_in(document):
        _add_common_answers(operation)
    return document


def operations_in(document: Json) -> Iterator[tuple[str, str, Json]]:
    """Path, method in lower case, and operation."""
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def _read(path: Path) -> Json:
    part: Json = json.loads(path.read_text(encoding="utf-8"))
    return part


def _add_common_answers(operation: Json) -> None:
    answers = {"500": "Unexpected"}
    if "security" not in operation:
        answers |= {"401": "AccessDenied", "403": "NotSameOrigin", "429": "TooManyGuesses"}
    if "requestBody" in operation:
        answers |= {"400": "BadInput", "413": "TooLarge", "422": "Unprocessable"}
    refs = {status: {"$ref": f"#/components/responses/{name}"} for status, name in answers.items()}
    operation["responses"] = dict(sorted((refs | operation["responses"]).items()))
