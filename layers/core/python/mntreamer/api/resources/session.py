"""`/api/v1/session`: a browser exchanges the token for a cookie, asks whether it is still good, and gives it up."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, ConfigDict, Field

from mntreamer.api.door.door import Door
from mntreamer.api.door.session_cookie import session_cookie
from mntreamer.api.door.wrong_tokens import address_of
from mntreamer.api.wire.answers import json_answer
from mntreamer.domain.session import LIFE, begin_session
from mntreamer.domain.times import to_iso
from mntreamer.ports import Clock

_LONGEST_TOKEN = 1000


class Login(BaseModel):
    """The body of `POST`: the API's token."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, hide_input_in_errors=True)

    token: Annotated[str, Field(min_length=1, max_length=_LONGEST_TOKEN, repr=False)]


def add_session_routes(app: APIGatewayHttpResolver, door: Door, clock: Clock) -> None:
    def event() -> dict[str, Any]:
        return app.current_event.raw_event

    @app.post("/api/v1/session")
    def log_in(login: Annotated[Login, Body()]) -> Response[str]:
        now = clock()
        door.guesses.compare(login.token, door.token, address_of(event()), now)
        session, ends_at = begin_session(now, door.session_key)
        answer = json_answer(HTTPStatus.CREATED, _view(ends_at, is_valid=True))
        answer.cookies = [session_cookie(event(), session, int(LIFE.total_seconds()))]
        return answer

    @app.get("/api/v1/session")
    def look() -> Response[str]:
        now = clock()
        return json_answer(HTTPStatus.OK, _view(door.session_end(event(), now), is_valid=door.lets_in(event(), now)))

    @app.delete("/api/v1/session")
    def log_out() -> Response[None]:
        return Response(status_code=HTTPStatus.NO_CONTENT, cookies=[session_cookie(event(), "", 0)])


def _view(ends_at: datetime | None, *, is_valid: bool) -> dict[str, Any]:
    return {"is_valid": is_valid, "expires_at": to_iso(ends_at) if ends_at else None}
