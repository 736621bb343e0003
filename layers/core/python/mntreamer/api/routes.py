"""All of the API, put together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.typing import LambdaContext

from mntreamer.api.console.console import Console
from mntreamer.api.console.page_routes import add_page_routes
from mntreamer.api.console.watch_routes import add_watch_route
from mntreamer.api.document.docs_page import add_docs_routes
from mntreamer.api.document.openapi import add_document_route
from mntreamer.api.door.door import PLAYBACK, Door
from mntreamer.api.door.security_headers import security_headers, with_security_headers
from mntreamer.api.resources.clips import add_clip_routes
from mntreamer.api.resources.cuts import add_cut_routes
from mntreamer.api.resources.exports import add_export_routes
from mntreamer.api.resources.health import add_health_route
from mntreamer.api.resources.library import add_library_route
from mntreamer.api.resources.lifecycle import add_lifecycle_routes
from mntreamer.api.resources.markers import add_marker_routes
from mntreamer.api.resources.playback import add_playback_routes, for_any_origin
from mntreamer.api.resources.recording_views import RecordingViews
from mntreamer.api.resources.recordings import add_recording_routes
from mntreamer.api.resources.session import add_session_routes
from mntreamer.api.resources.shares import add_share_routes
from mntreamer.api.resources.streamers import add_streamer_routes
from mntreamer.api.wire.answers import answer_error, answer_errors
from mntreamer.api.wire.body import require_json
from mntreamer.api.wire.head import as_get, is_head, without_body
from mntreamer.api.wire.methods import require_path
from mntreamer.api.wire.resolver import ThreadsOwnResolver
from mntreamer.correlation import correlated
from mntreamer.domain.errors import MntreamerError
from mntreamer.domain.media_path import MEDIA, SEGMENTS
from mntreamer.domain.recordings.recording_cost import RecordingRates
from mntreamer.ports import Clock, Ports

# Where the page is led to for media; only the host counts.
_ANY_SEGMENT = f"{MEDIA}any/{SEGMENTS}any"


@dataclass(frozen=True, slots=True)
class Api:
    """Answers API Gateway HTTP events (payload format 2.0), in several threads at once.

    The door is passed before a body is even looked at. `headers` are in every answer that has no other ones.
    """

    door: Door
    clock: Clock
    headers: Mapping[str, str]
    routes: ThreadsOwnResolver

    def resolve(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        """The answer as API Gateway expects it from a function. HEAD is answered wherever GET is."""
        if is_head(event):
            return without_body(self.resolve(as_get(event), context))
        with correlated():
            answer = with_security_headers(self._answer(event, context), self.headers)
        return for_any_origin(answer) if event["rawPath"].startswith(PLAYBACK) else answer

    def _answer(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        try:
            self.door.check(event, self.clock())
            require_path(event["rawPath"])
            require_json(event)
        except MntreamerError as error:
            refusal = answer_error(error)
            return {"statusCode": int(refusal.status_code), "headers": refusal.headers, "body": refusal.body}
        return self.routes.resolve(event, context)


def build_api(ports: Ports, door: Door, rates: RecordingRates | None, console: Console) -> Api:
    """The API over these ports, behind this door, and the console's page.

    `rates` is None where no recording is paid for.
    """

    def resolver() -> APIGatewayHttpResolver:
        app = APIGatewayHttpResolver(enable_validation=True)
        answer_errors(app)
        add_health_route(app, ports)
        add_session_routes(app, door, ports.clock)
        add_streamer_routes(app, ports)
        views = RecordingViews(app, ports, door.playback_key, rates)
        add_recording_routes(app, ports, views)
        add_lifecycle_routes(app, ports, views)
        add_cut_routes(app, ports)
        add_marker_routes(app, ports)
        add_clip_routes(app, ports, views)
        add_share_routes(app, ports, views)
        add_export_routes(app, ports, views)
        add_library_route(app, ports, views)
        add_playback_routes(app, ports, door.playback_key)
        add_document_route(app)
        add_docs_routes(app)
        add_page_routes(app, console)
        add_watch_route(app, ports, console, door.playback_key)
        return app

    headers = security_headers(ports.store.public_url(_ANY_SEGMENT))
    return Api(door, ports.clock, headers, ThreadsOwnResolver(resolver))
