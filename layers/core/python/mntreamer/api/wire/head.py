"""HEAD is GET without a body (RFC 9110, 9.3.2), on events of API Gateway (payload format 2.0)."""

from base64 import b64decode
from typing import Any


def is_head(event: dict[str, Any]) -> bool:
    method: str = event["requestContext"]["http"]["method"]
    return method == "HEAD"


def as_get(event: dict[str, Any]) -> dict[str, Any]:
    context = event["requestContext"]
    return event | {"requestContext": context | {"http": context["http"] | {"method": "GET"}}}


def without_body(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer to a GET, of whose body only the length is left."""
    length = len(body_of(answer))
    return answer | {
        "body": "",
        "isBase64Encoded": False,
        "headers": answer["headers"] | {"Content-Length": str(length)},
    }


def body_of(answer: dict[str, Any]) -> bytes:
    """What a client gets of an answer that API Gateway is given."""
    body: str = answer.get("body") or ""
    return b64decode(body) if answer.get("isBase64Encoded") else body.encode()
