"""What a request's body may be, before anybody looks at what it says."""

import json
from typing import Any

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from mntreamer.domain.errors import BadInput, TooLarge, Unprocessable

MAX_BODY_BYTES = 1_000_000
TOO_LARGE = f"a body has {MAX_BODY_BYTES} bytes at the most"


def require_json(event: dict[str, Any]) -> None:
    """A body must say that it is JSON, which a form on another site cannot, and be it.

    Raises BadInput, TooLarge, and Unprocessable for what no JSON parser reads.
    """
    if not event.get("body"):
        return
    if not event["headers"].get("content-type", "").startswith("application/json"):
        raise BadInput("send the body as JSON, with the header 'Content-Type: application/json'")
    if len(event["body"]) > MAX_BODY_BYTES:
        raise TooLarge(TOO_LARGE)
    try:
        json.loads(APIGatewayProxyEventV2(event).decoded_body or "")
    except (ValueError, RecursionError):
        raise Unprocessable("the body is no JSON that can be read; look for a quote or a bracket too few") from None
