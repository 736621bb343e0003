"""HEAD is GET without a body (RFC 9110, 9.3.2), on events of API Gateway (payload format 2.0)."""

from typing import Any


def is_head(event: dict[str, Any]) -> bool:
    method: str = event["requestContext"]["http"]["method"]
    return method == "HEAD"


def as_get(event: dict[str, Any]) -> dict[str, Any]:
    context = event["requestContext"]
    return event | {"requestContext": context | {"http": context["http"] | {"method": "GET"}}}


def without_body(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer to a GET, of whose body only the length is left."""
    length = len((answer.get("body") or "").encode())
    return answer | {"body": "", "headers": answer["headers"] | {"Content-Length": str(length)}}
