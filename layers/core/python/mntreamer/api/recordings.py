"""`/api/v1/recordings`."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import AwareDatetime

from mntreamer.api.answers import json_answer
from mntreamer.domain.errors import NotFound
from mntreamer.domain.recording import Recording, RecordingStatus
from mntreamer.domain.times import to_iso
from mntreamer.ports import Ports
from mntreamer.rows import Row, to_row
from mntreamer.usecases.play_recording import playlist_url

_LISTED = [status for status in RecordingStatus if status is not RecordingStatus.TERMINATED]


def add_recording_routes(app: APIGatewayHttpResolver, ports: Ports, playback_key: bytes) -> None:
    def view(recording: Recording) -> Row:
        url = playlist_url(ports, recording, playback_key)
        return to_row(recording) | {"playlist_url": _origin(app) + url if url.startswith("/") else url}

    @app.get("/api/v1/recordings")
    def list_recordings(
        status: RecordingStatus | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        before: AwareDatetime | None = None,
    ) -> Response[str]:
        found = ports.recordings.newest([status] if status else _LISTED, limit, before)
        body = {"recordings": [view(recording) for recording in found], "next": _next(found, limit)}
        return json_answer(HTTPStatus.OK, body)

    @app.get("/api/v1/recordings/<recording_id>")
    def get(recording_id: str) -> Response[str]:
        recording = ports.recordings.get(recording_id)
        if recording is None:
            raise NotFound(f"there is no recording {recording_id}")
        return json_answer(HTTPStatus.OK, view(recording))


def _next(found: list[Recording], limit: int) -> str | None:
    """What to give as `before` for the recordings behind these."""
    last: datetime | None = found[-1].started_at if len(found) == limit else None
    return to_iso(last) if last else None


def _origin(app: APIGatewayHttpResolver) -> str:
    headers = app.current_event.headers
    return f"{headers.get('x-forwarded-proto', 'https')}://{headers['host']}"
