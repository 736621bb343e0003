"""`/api/v1/recordings/{id}/shares`."""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, ConfigDict, Field

from mntreamer.api.resources.recording_views import RecordingViews
from mntreamer.api.wire.answers import json_answer
from mntreamer.api.wire.once import one_request_of
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.refining.edits import Share
from mntreamer.domain.refining.sharing import LONGEST_S, SHORTEST_S, current_shares
from mntreamer.domain.times import to_iso
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.find_recording import find_recording
from mntreamer.usecases.recordings.play_recording import share_page_url, share_url
from mntreamer.usecases.refining.read_edits import read_edits
from mntreamer.usecases.refining.revoke_share import revoke_share
from mntreamer.usecases.refining.share_recording import share_recording

_LONGEST_ID = 100


class WantedShare(BaseModel):
    """The body of `POST`: all of the recording, or one clip of it, for so many seconds."""

    model_config = ConfigDict(extra="forbid")

    expires_in_s: Annotated[int, Field(strict=True, ge=SHORTEST_S, le=LONGEST_S)]
    clip_id: Annotated[str, Field(min_length=1, max_length=_LONGEST_ID)] | None = None


def add_share_routes(app: APIGatewayHttpResolver, ports: Ports, views: RecordingViews) -> None:
    def view(recording: Recording, share: Share) -> dict[str, Any]:
        """With its URL each time: it is signed anew, so that people can copy it again and nothing secret is kept."""
        return {
            "share_id": share.share_id,
            "clip_id": share.clip_id,
            "made_at": to_iso(share.made_at),
            "expires_at": to_iso(share.expires_at),
            "page_url": views.absolute(share_page_url(recording, share, views.playback_key)),
            "url": views.absolute(share_url(recording, share, views.playback_key)),
        }

    @app.post("/api/v1/recordings/<recording_id>/shares")
    def share(recording_id: str, wish: Annotated[WantedShare, Body()]) -> Response[str]:
        request = one_request_of(app, "share", wish)
        recording = find_recording(ports, recording_id)
        life = timedelta(seconds=wish.expires_in_s)
        made = share_recording(ports, recording, wish.clip_id, life, request)
        return json_answer(HTTPStatus.CREATED, view(recording, made))

    @app.get("/api/v1/recordings/<recording_id>/shares")
    def list_shares(recording_id: str) -> Response[str]:
        recording = find_recording(ports, recording_id)
        edits, _ = read_edits(ports.store, recording.prefix)
        shares = current_shares(edits, ports.clock())
        return json_answer(HTTPStatus.OK, {"shares": [view(recording, share) for share in shares]})

    @app.delete("/api/v1/recordings/<recording_id>/shares/<share_id>")
    def revoke(recording_id: str, share_id: str) -> Response[None]:
        revoke_share(ports, find_recording(ports, recording_id), share_id)
        return Response(status_code=HTTPStatus.NO_CONTENT)
