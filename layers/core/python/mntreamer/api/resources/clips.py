"""`/api/v1/recordings/{id}/clips`."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import ConfigDict, Field

from mntreamer.api.resources.cuts import AskedRange
from mntreamer.api.resources.recording_views import RecordingViews
from mntreamer.api.wire.answers import json_answer
from mntreamer.api.wire.once import one_request_of
from mntreamer.domain.refining.clipping import LONGEST_TITLE, placed_clips
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.find_recording import find_recording
from mntreamer.usecases.refining.delete_clip import delete_clip
from mntreamer.usecases.refining.lay_out import lay_out
from mntreamer.usecases.refining.make_clip import make_clip


class AskedClip(AskedRange):
    """The body of `POST`: a range with a title."""

    model_config = ConfigDict(str_strip_whitespace=True)

    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)]


def add_clip_routes(app: APIGatewayHttpResolver, ports: Ports, views: RecordingViews) -> None:
    @app.post("/api/v1/recordings/<recording_id>/clips")
    def clip(recording_id: str, wish: Annotated[AskedClip, Body()]) -> Response[str]:
        request = one_request_of(app, "clip", wish)
        recording = find_recording(ports, recording_id)
        placed = make_clip(ports, recording, wish.asked, wish.title, request)
        return json_answer(HTTPStatus.CREATED, views.clip(recording, placed))

    @app.get("/api/v1/recordings/<recording_id>/clips")
    def list_clips(recording_id: str) -> Response[str]:
        recording = find_recording(ports, recording_id)
        laid_out = lay_out(ports, recording)
        placed = placed_clips(laid_out.lines) if laid_out else []
        return json_answer(HTTPStatus.OK, {"clips": [views.clip(recording, clip) for clip in placed]})

    @app.delete("/api/v1/recordings/<recording_id>/clips/<clip_id>")
    def delete(recording_id: str, clip_id: str) -> Response[None]:
        delete_clip(ports, find_recording(ports, recording_id), clip_id)
        return Response(status_code=HTTPStatus.NO_CONTENT)
