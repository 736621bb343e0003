"""What the API answers: records as JSON, errors as `{"error": {"code", "message", …}}`."""

import json
import logging
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response, content_types
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from mntreamer.api.wire.methods import why_no_route
from mntreamer.api.wire.unexpected import UNEXPECTED
from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.errors import (
    AccessDenied,
    BadInput,
    ChannelAmbiguous,
    Gone,
    MethodNotAllowed,
    MntreamerError,
    NotFound,
    NotSameOrigin,
    PlatformBlocked,
    PlatformError,
    TooLarge,
    TooManyGuesses,
    Unprocessable,
    WrongState,
)

_logger = logging.getLogger(__name__)
_STATUS: dict[type[MntreamerError], HTTPStatus] = {
    BadInput: HTTPStatus.BAD_REQUEST,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Unprocessable: HTTPStatus.UNPROCESSABLE_ENTITY,
    AccessDenied: HTTPStatus.UNAUTHORIZED,
    NotSameOrigin: HTTPStatus.FORBIDDEN,
    TooManyGuesses: HTTPStatus.TOO_MANY_REQUESTS,
    NotFound: HTTPStatus.NOT_FOUND,
    Gone: HTTPStatus.GONE,
    MethodNotAllowed: HTTPStatus.METHOD_NOT_ALLOWED,
    ChannelAmbiguous: HTTPStatus.CONFLICT,
    WrongState: HTTPStatus.CONFLICT,
    PlatformBlocked: HTTPStatus.SERVICE_UNAVAILABLE,
    PlatformError: HTTPStatus.BAD_GATEWAY,
}


def json_answer(status: HTTPStatus, body: Any) -> Response[str]:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    headers = {"Cache-Control": "no-store"}
    return Response(status_code=status, content_type=content_types.APPLICATION_JSON, body=text, headers=headers)


def answer_errors(app: APIGatewayHttpResolver) -> None:
    """Turn every error of the family into its status and body, and what pydantic says into one of them."""
    app.exception_handler(MntreamerError)(answer_error)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(Exception)(_unexpected)  # Powertools would log its text
    not_found: Callable[..., Any] = app.not_found
    not_found(partial(_no_route, app))


def answer_error(error: MntreamerError) -> Response[str]:
    """The status and the body of an error of the family."""
    status = next(
        (_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), HTTPStatus.INTERNAL_SERVER_ERROR
    )
    body: dict[str, Any] = {"code": error.code, "message": str(error)}
    if isinstance(error, ChannelAmbiguous):
        body["candidates"] = [{"channel_id": id_, "channel_name": name} for id_, name in error.candidates]
    answer = json_answer(status, {"error": body})
    answer.headers.update(_asked_for_by(error))
    return answer


def _asked_for_by(error: MntreamerError) -> dict[str, str]:
    """The header that an error's status comes with (RFC 9110, 10.2 and 11.6.1)."""
    match error:
        case AccessDenied():
            return {"WWW-Authenticate": "Bearer"}
        case MethodNotAllowed():
            return {"Allow": ", ".join(error.allowed)}
        case TooManyGuesses():
            return {"Retry-After": str(error.retry_after_s)}
    return {}


def _invalid(error: RequestValidationError) -> Response[str]:
    details = [
        {"field": ".".join(str(part) for part in fault["loc"]), "message": fault["msg"]} for fault in error.errors()
    ]
    message = "; ".join(f"{detail['field']}: {detail['message']}" for detail in details)
    body = {"code": BadInput.code, "message": message, "details": details}
    return json_answer(HTTPStatus.UNPROCESSABLE_ENTITY, {"error": body})


def _unexpected(error: Exception) -> Response[str]:
    _logger.error("a request was not answered: %s", kind_and_place(error))
    return json_answer(HTTPStatus.INTERNAL_SERVER_ERROR, UNEXPECTED)


def _no_route(app: APIGatewayHttpResolver, _: Exception) -> Response[str]:
    return answer_error(why_no_route(app))
