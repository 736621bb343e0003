"""`/api/v1/recordings`."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BeforeValidator

from mntreamer.api.resources.recording_views import RecordingViews
from mntreamer.api.wire.answers import json_answer
from mntreamer.api.wire.cursor import NOT_A_CURSOR, from_cursor, to_cursor
from mntreamer.domain.errors import Unprocessable
from mntreamer.domain.recordings.account import facts_of
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.domain.recordings.recording_order import Place
from mntreamer.domain.recordings.search import Search
from mntreamer.domain.times import from_iso, to_iso
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.find_recording import find_recording
from mntreamer.usecases.recordings.search_recordings import search_recordings
from mntreamer.usecases.recordings.stored.ledger import account_in

Status = Annotated[RecordingStatus, BeforeValidator(str.upper)]
_LISTED = [status for status in RecordingStatus if status is not RecordingStatus.TERMINATED]

_LONGEST_CHANNEL = 200
_LONGEST_TEXT = 100


def add_recording_routes(app: APIGatewayHttpResolver, ports: Ports, views: RecordingViews) -> None:
    @app.get("/api/v1/recordings")
    def list_recordings(
        status: Annotated[list[Status] | None, Query()] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        cursor: str | None = None,
        channel: Annotated[str | None, Query(max_length=_LONGEST_CHANNEL)] = None,
        q: Annotated[str | None, Query(max_length=_LONGEST_TEXT)] = None,
    ) -> Response[str]:
        behind = _place(cursor) if cursor else None
        statuses = list(dict.fromkeys(status or _LISTED))
        listed, following = search_recordings(ports, statuses, Search(channel, q), limit, behind)
        body = {"recordings": [views.in_list(recording) for recording in listed], "next": _cursor(following)}
        return json_answer(HTTPStatus.OK, body)

    @app.get("/api/v1/recordings/<recording_id>")
    def get(recording_id: str) -> Response[str]:
        return json_answer(HTTPStatus.OK, views.in_full(find_recording(ports, recording_id)))

    @app.get("/api/v1/recordings/<recording_id>/gaps")
    def gaps(recording_id: str) -> Response[str]:
        account = account_in(ports.store, find_recording(ports, recording_id))
        return json_answer(HTTPStatus.OK, {"gaps": [facts_of(gap) for gap in account.gaps]})


def _cursor(place: Place | None) -> str | None:
    return to_cursor(to_iso(place.started_at), place.recording_id) if place else None


def _place(cursor: str) -> Place:
    started_at, recording_id = from_cursor(cursor, 2)
    try:
        return Place(from_iso(started_at), recording_id)
    except (ValueError, OverflowError):
        raise Unprocessable(NOT_A_CURSOR) from None
