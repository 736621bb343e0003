"""`/api/v1/recordings/{id}`: what is done to a recording as a whole. Repeated calls are harmless."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from mntreamer.api.resources.recording_views import RecordingViews
from mntreamer.api.wire.answers import json_answer
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.stop_recording import stop_recording
from mntreamer.usecases.refining.confirm_recording import confirm_recording
from mntreamer.usecases.refining.delete_recording import clips_in, delete_recording
from mntreamer.usecases.refining.purge_cuts import purge_cuts
from mntreamer.usecases.refining.restore_recording import restore_recording


def add_lifecycle_routes(app: APIGatewayHttpResolver, ports: Ports, views: RecordingViews) -> None:
    def answer(recording: Recording, *, is_to_come: bool = False) -> Response[str]:
        return json_answer(HTTPStatus.ACCEPTED if is_to_come else HTTPStatus.OK, views.in_list(recording))

    @app.post("/api/v1/recordings/<recording_id>/stop")
    def stop(recording_id: str) -> Response[str]:
        recording = stop_recording(ports, recording_id)
        return answer(recording, is_to_come=recording.status is RecordingStatus.RECORDING)

    @app.post("/api/v1/recordings/<recording_id>/confirm")
    def confirm(recording_id: str) -> Response[str]:
        return answer(confirm_recording(ports, recording_id))

    @app.delete("/api/v1/recordings/<recording_id>")
    def delete(recording_id: str, *, purge: bool = False) -> Response[str]:
        recording = delete_recording(ports, recording_id, at_once=purge)
        clips = [{"clip_id": clip.clip_id, "title": clip.title} for clip in clips_in(ports, recording)]
        return json_answer(HTTPStatus.OK, views.in_list(recording) | {"clips": clips})

    @app.post("/api/v1/recordings/<recording_id>/restore")
    def restore(recording_id: str) -> Response[str]:
        return answer(restore_recording(ports, recording_id))

    @app.post("/api/v1/recordings/<recording_id>/purge-cuts")
    def purge(recording_id: str) -> Response[str]:
        recording = purge_cuts(ports, recording_id)
        return answer(recording, is_to_come=recording.purge_at is not None)
