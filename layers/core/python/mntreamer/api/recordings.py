"""`/api/v1/recordings`."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import AwareDatetime

from mntreamer.api.answers import json_answer
from mntreamer.domain.account import facts_of
from mntreamer.domain.delays import start_delay_s
from mntreamer.domain.errors import NotFound
from mntreamer.domain.recording import Recording, RecordingStatus
from mntreamer.domain.times import to_iso
from mntreamer.ports import Ports
from mntreamer.rows import Row, to_row
from mntreamer.usecases.keep_account import account_in
from mntreamer.usecases.play_recording import playlist_url

_LISTED = [status for status in RecordingStatus if status is not RecordingStatus.TERMINATED]


def add_recording_routes(app: APIGatewayHttpResolver, ports: Ports, playback_key: bytes) -> None:
    def view(recording: Recording) -> Row:
        url = playlist_url(ports, recording, playback_key)
        return to_row(recording) | {
            "start_delay_s": start_delay_s(recording),
            "playlist_url": _origin(app) + url if url.startswith("/") else url,
        }

    def found(recording_id: str) -> Recording:
        recording = ports.recordings.get(recording_id)
        if recording is None:
            raise NotFound(f"there is no recording {recording_id}")
        return recording

    @app.get("/api/v1/recordings")
    def list_recordings(
        status: RecordingStatus | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        before: AwareDatetime | None = None,
    ) -> Response[str]:
        newest = ports.recordings.newest([status] if status else _LISTED, limit, before)
        body = {"recordings": [view(recording) for recording in newest], "next": _next(newest, limit)}
        return json_answer(HTTPStatus.OK, body)

    @app.get("/api/v1/recordings/<recording_id>")
    def get(recording_id: str) -> Response[str]:
        return json_answer(HTTPStatus.OK, view(found(recording_id)))

    @app.get("/api/v1/recordings/<recording_id>/gaps")
    def gaps(recording_id: str) -> Response[str]:
        account = account_in(ports.store, found(recording_id).prefix)
        return json_answer(HTTPStatus.OK, {"gaps": [facts_of(gap) for gap in account.gaps]})


def _next(listed: list[Recording], limit: int) -> str | None:
    """What to give as `before` for the recordings behind these."""
    last: datetime | None = listed[-1].started_at if len(listed) == limit else None
    return to_iso(last) if last else None


def _origin(app: APIGatewayHttpResolver) -> str:
    headers = app.current_event.headers
    return f"{headers.get('x-forwarded-proto', 'https')}://{headers['host']}"
