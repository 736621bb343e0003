"""`/api/v1/recordings/{id}/cuts`."""

from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, ConfigDict, Field

from mntreamer.api.wire.answers import json_answer
from mntreamer.api.wire.once import one_request_of
from mntreamer.domain.playlists.timelines import Asked, Line, Timelines, facts_of_range, in_seconds
from mntreamer.domain.refining.cutting import PlacedCut, placed_cuts
from mntreamer.domain.times import to_iso
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.find_recording import find_recording
from mntreamer.usecases.refining.cut_recording import cut_recording
from mntreamer.usecases.refining.edit_recording import Edited, edits_of
from mntreamer.usecases.refining.undo_cut import undo_cut, undo_cuts


class AskedRange(BaseModel):
    """A range in seconds: of the published timeline, as a player shows it, unless said otherwise."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    begin: Annotated[float, Field(strict=True)]
    end: Annotated[float, Field(strict=True)]
    timeline: Line = Line.PUBLISHED

    @property
    def asked(self) -> Asked:
        return Asked(self.begin, self.end, self.timeline)


def add_cut_routes(app: APIGatewayHttpResolver, ports: Ports) -> None:
    @app.post("/api/v1/recordings/<recording_id>/cuts")
    def cut(recording_id: str, wish: Annotated[AskedRange, Body()]) -> Response[str]:
        request = one_request_of(app, "cut", wish)
        answer = cut_recording(ports, find_recording(ports, recording_id), wish.asked, request)
        return json_answer(HTTPStatus.CREATED, answer)

    @app.get("/api/v1/recordings/<recording_id>/cuts")
    def list_cuts(recording_id: str) -> Response[str]:
        return _cuts(edits_of(ports, find_recording(ports, recording_id)))

    @app.delete("/api/v1/recordings/<recording_id>/cuts/<cut_id>")
    def undo(recording_id: str, cut_id: str) -> Response[str]:
        return _cuts(undo_cut(ports, find_recording(ports, recording_id), cut_id))

    @app.delete("/api/v1/recordings/<recording_id>/cuts")
    def undo_all(recording_id: str) -> Response[str]:
        return _cuts(undo_cuts(ports, find_recording(ports, recording_id)))


def cut_view(placed: PlacedCut) -> dict[str, Any]:
    """A cut as people are told it; without its ranges where the source no longer lists it."""
    facts = {
        "cut_id": placed.cut.cut_id,
        "made_at": to_iso(placed.cut.made_at),
        "is_purged": placed.cut.is_purged,
    }
    if placed.range is None:
        return facts
    return facts | facts_of_range(placed.range) | {"length_s": in_seconds(placed.range.source.length_us)}


def _cuts(edited: Edited) -> Response[str]:
    lines = Timelines(edited.timeline, edited.edits)
    body = {
        "cuts": [cut_view(placed) for placed in placed_cuts(edited.edits, edited.timeline)],
        "duration_s": in_seconds(lines.published.duration_us),
        "source_duration_s": in_seconds(edited.timeline.duration_us),
    }
    return json_answer(HTTPStatus.OK, body)
