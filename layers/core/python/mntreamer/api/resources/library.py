"""`/api/v1/library`: recordings by platform, channel and day, as files in folders."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from mntreamer.api.resources.recording_views import RecordingViews
from mntreamer.api.wire.answers import json_answer
from mntreamer.api.wire.cursor import from_cursor, to_cursor
from mntreamer.domain.recordings.library import path_of, prefix_of
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.browse_library import browse_library

# DynamoDB takes keys of 1,024 bytes; no path of ours has half as many.
_LONGEST_PATH = 250
_LONGEST_CURSOR = 1300


def add_library_route(app: APIGatewayHttpResolver, ports: Ports, views: RecordingViews) -> None:
    @app.get("/api/v1/library")
    def browse(
        path: Annotated[str, Query(max_length=_LONGEST_PATH)] = "",
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        cursor: Annotated[str | None, Query(max_length=_LONGEST_CURSOR)] = None,
    ) -> Response[str]:
        after = from_cursor(cursor, 1)[0] if cursor else None
        page = browse_library(ports, path, after, limit)
        under = prefix_of(path)
        body = {
            "path": path_of(under),
            "folders": [{"name": name, "path": path_of(under + name)} for name in page.folders],
            "recordings": [views.in_list(recording) for recording in page.recordings],
            "next": to_cursor(page.next) if page.next else None,
        }
        return json_answer(HTTPStatus.OK, body)
