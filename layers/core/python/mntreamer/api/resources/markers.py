"""`/api/v1/recordings/{id}/markers`."""

from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, ConfigDict, Field

from mntreamer.api.wire.answers import json_answer
from mntreamer.api.wire.once import one_request_of
from mntreamer.domain.playlists.timelines import Line, in_seconds
from mntreamer.domain.refining.marking import LONGEST_LABEL, PlacedMarker, placed_markers
from mntreamer.domain.times import to_iso
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.find_recording import find_recording
from mntreamer.usecases.refining.delete_marker import delete_marker
from mntreamer.usecases.refining.lay_out import lay_out
from mntreamer.usecases.refining.set_marker import NewMarker, set_marker


class AskedMarker(BaseModel):
    """The body of `POST`: `at` in seconds, of the published timeline unless said otherwise."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, str_strip_whitespace=True)

    at: Annotated[float, Field(strict=True)]
    label: Annotated[str, Field(min_length=1, max_length=LONGEST_LABEL)]
    timeline: Line = Line.PUBLISHED


def add_marker_routes(app: APIGatewayHttpResolver, ports: Ports) -> None:
    @app.post("/api/v1/recordings/<recording_id>/markers")
    def mark(recording_id: str, wish: Annotated[AskedMarker, Body()]) -> Response[str]:
        request = one_request_of(app, "marker", wish)
        new = NewMarker(wish.at, wish.label, wish.timeline)
        placed = set_marker(ports, find_recording(ports, recording_id), new, request)
        return json_answer(HTTPStatus.CREATED, marker_view(placed))

    @app.get("/api/v1/recordings/<recording_id>/markers")
    def list_markers(recording_id: str) -> Response[str]:
        laid_out = lay_out(ports, find_recording(ports, recording_id))
        placed = placed_markers(laid_out.lines) if laid_out else []
        return json_answer(HTTPStatus.OK, {"markers": [marker_view(marker) for marker in placed]})

    @app.delete("/api/v1/recordings/<recording_id>/markers/<marker_id>")
    def unmark(recording_id: str, marker_id: str) -> Response[None]:
        delete_marker(ports, find_recording(ports, recording_id), marker_id)
        return Response(status_code=HTTPStatus.NO_CONTENT)


def marker_view(placed: PlacedMarker) -> dict[str, Any]:
    """A marker with its seconds on both timelines, null where it is not on it."""
    at = placed.at
    return {
        "marker_id": placed.marker.marker_id,
        "label": placed.marker.label,
        "made_at": to_iso(placed.marker.made_at),
        "source": in_seconds(at.source_us) if at else None,
        "published": None if at is None or at.published_us is None else in_seconds(at.published_us),
    }
