"""The header `Idempotency-Key`: a call that is repeated with it is done once."""

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from pydantic import BaseModel

from mntreamer.domain.refining.idempotency import OneRequest, one_request


def one_request_of(app: APIGatewayHttpResolver, call: str, body: BaseModel) -> OneRequest | None:
    """The request that is being answered, None without the header. Raises Unprocessable for what can be no key."""
    key = app.current_event.headers.get("idempotency-key")
    return None if key is None else one_request(key, call, body.model_dump(mode="json"))
