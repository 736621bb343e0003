"""`/api/v1/recordings/{id}/exports`."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, ConfigDict, Field

from mntreamer.api.resources.reason_views import problem_view
from mntreamer.api.resources.recording_views import RecordingViews
from mntreamer.api.wire.answers import json_answer
from mntreamer.domain.exports.export import Export, ExportFormat, ExportStatus
from mntreamer.domain.exports.export_path import file_key
from mntreamer.domain.playlists.timelines import Line
from mntreamer.domain.times import to_iso
from mntreamer.ports import Ports
from mntreamer.usecases.exports.export_recording import Order, export_recording
from mntreamer.usecases.exports.follow_exports import export_of, exports_of
from mntreamer.usecases.exports.remove_exports import remove_export
from mntreamer.usecases.recordings.find_recording import find_recording

# A download must begin within it, and may take as long as it needs then.
_LINK_S = 6 * 3600
_Seconds = Annotated[float, Field(strict=True)]


class WantedExport(BaseModel):
    """All that the cuts leave, or that of a range in seconds; an end that is left out is that of the timeline."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    format: ExportFormat
    begin: _Seconds | None = None
    end: _Seconds | None = None
    timeline: Line = Line.PUBLISHED

    @property
    def order(self) -> Order:
        return Order(self.format, self.begin, self.end, self.timeline)


def add_export_routes(app: APIGatewayHttpResolver, ports: Ports, views: RecordingViews) -> None:
    def view(export: Export) -> dict[str, Any]:
        facts = _facts(export, ports.clock())
        return facts | {"files": _files(ports, export, views) if facts["status"] is ExportStatus.DONE else []}

    @app.post("/api/v1/recordings/<recording_id>/exports")
    def order(recording_id: str, wish: Annotated[WantedExport, Body()]) -> Response[str]:
        export = export_recording(ports, find_recording(ports, recording_id), wish.order)
        return json_answer(HTTPStatus.ACCEPTED, view(export))

    @app.get("/api/v1/recordings/<recording_id>/exports")
    def list_exports(recording_id: str) -> Response[str]:
        exports = exports_of(ports, find_recording(ports, recording_id))
        return json_answer(HTTPStatus.OK, {"exports": [view(export) for export in exports]})

    @app.get("/api/v1/recordings/<recording_id>/exports/<export_id>")
    def get(recording_id: str, export_id: str) -> Response[str]:
        return json_answer(HTTPStatus.OK, view(export_of(ports, find_recording(ports, recording_id), export_id)))

    @app.delete("/api/v1/recordings/<recording_id>/exports/<export_id>")
    def remove(recording_id: str, export_id: str) -> Response[None]:
        remove_export(ports, find_recording(ports, recording_id), export_id)
        return Response(status_code=HTTPStatus.NO_CONTENT)


def _facts(export: Export, now: datetime) -> dict[str, Any]:
    return {
        "export_id": export.export_id,
        "recording_id": export.recording_id,
        "status": export.status_at(now),
        "format": export.format,
        "duration_s": export.duration_s,
        "progress_percent": round(100 * export.progress, 1),
        "attempt": export.attempt,
        **problem_view(export.problem),
        "created_at": to_iso(export.created_at),
        "started_at": to_iso(export.started_at) if export.started_at else None,
        "finished_at": to_iso(export.finished_at) if export.finished_at else None,
        "expires_at": to_iso(export.expires_at) if export.finished_at else None,
    }


def _files(ports: Ports, export: Export, views: RecordingViews) -> list[dict[str, Any]]:
    return [
        {
            "url": views.absolute(ports.store.link(file_key(export, number), _LINK_S)),
            "size_bytes": file.size_bytes,
            "duration_s": file.duration_s,
            "coding": file.coding,
        }
        for number, file in enumerate(export.files, 1)
    ]
