"""All of the API, put together."""

import json
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.api.answers import answer_error, answer_errors
from mntreamer.api.clips import add_clip_routes
from mntreamer.api.cuts import add_cut_routes
from mntreamer.api.door import PLAYBACK, Door
from mntreamer.api.exports import add_export_routes
from mntreamer.api.head import as_get, is_head, without_body
from mntreamer.api.health import add_health_route
from mntreamer.api.library import add_library_route
from mntreamer.api.lifecycle import add_lifecycle_routes
from mntreamer.api.markers import add_marker_routes
from mntreamer.api.playback import add_playback_routes, for_any_origin
from mntreamer.api.recording_views import RecordingViews
from mntreamer.api.recordings import add_recording_routes
from mntreamer.api.resolver import ThreadsOwnResolver
from mntreamer.api.streamers import add_streamer_routes
from mntreamer.correlation import correlated
from mntreamer.domain.errors import BadInput, MntreamerError, Unprocessable
from mntreamer.domain.recordings.recording_cost import RecordingRates
from mntreamer.ports import Ports


@dataclass(frozen=True, slots=True)
class Api:
    """Answers API Gateway HTTP events (payload format 2.0), in several threads at once.

    The door is passed before a body is even looked at.
    """

    door: Door
    routes: ThreadsOwnResolver

    def resolve(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        """The answer as API Gateway expects it from a function. HEAD is answered wherever GET is."""
        if is_head(event):
            return without_body(self.resolve(as_get(event), context))
        with correlated():
            answer = self._answer(event, context)
        return for_any_origin(answer) if event["rawPath"].startswith(PLAYBACK) else answer

    def _answer(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        try:
            self.door.check(event["rawPath"], event["headers"])
            _require_json(event)
        except MntreamerError as error:
            refusal = answer_error(error)
            return {"statusCode": int(refusal.status_code), "headers": refusal.headers, "body": refusal.body}
        return self.routes.resolve(event, context)


def build_api(ports: Ports, door: Door, rates: RecordingRates | None) -> Api:
    """The API over these ports, behind this door. `rates` is None where no recording is paid for."""

    def resolver() -> APIGatewayHttpResolver:
        app = APIGatewayHttpResolver(enable_validation=True)
        answer_errors(app)
        add_health_route(app, ports)
        add_streamer_routes(app, ports)
        views = RecordingViews(app, ports, door.playback_key, rates)
        add_recording_routes(app, ports, views)
        add_lifecycle_routes(app, ports, views)
        add_cut_routes(app, ports)
        add_marker_routes(app, ports)
        add_clip_routes(app, ports, views)
        add_export_routes(app, ports, views)
        add_library_route(app, ports, views)
        add_playback_routes(app, ports, door.playback_key)
        return app

    return Api(door, ThreadsOwnResolver(resolver))


def _require_json(event: dict[str, Any]) -> None:
    """A body must say that it is JSON, which a form on another site cannot, and be it."""
    if not event.get("body"):
        return
    if not event["headers"].get("content-type", "").startswith("application/json"):
        raise BadInput("send the body as JSON, with the header 'Content-Type: application/json'")
    try:
        json.loads(APIGatewayProxyEventV2(event).decoded_body or "")
    except (ValueError, RecursionError):
        raise Unprocessable("the body is no JSON that can be read; look for a quote or a bracket too few") from None
