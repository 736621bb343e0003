"""`/api/v1/streamers` and `/api/v1/platforms`."""

import json
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from pydantic import BaseModel, ConfigDict, Field

from mntreamer.api.resources.reason_views import problem_view
from mntreamer.api.resources.streamer_schedule import schedule_view
from mntreamer.api.resources.streamer_wishes import Wishes
from mntreamer.api.wire.answers import json_answer
from mntreamer.api.wire.cursor import from_cursor, to_cursor
from mntreamer.domain.errors import NotFound
from mntreamer.domain.monitors.streamer import Streamer, streamer_id_of
from mntreamer.ports import Ports
from mntreamer.rows import to_row
from mntreamer.usecases.monitors.add_streamer import Reference, add_streamer
from mntreamer.usecases.monitors.change_streamer import change_streamer
from mntreamer.usecases.monitors.check_now import check_now
from mntreamer.usecases.monitors.remove_streamer import remove_streamer

# Lambda answers with 6 MB at the most, and a streamer takes half a kilobyte.
_MOST_LISTED = 1000
Text = Annotated[str, Field(min_length=1, max_length=500)]
View = dict[str, Any]
# What only the schedule reads.
_UNSHOWN = ("habit", "looks", "looked_days")


class NewStreamer(BaseModel):
    """The body of `POST /streamers`: a platform and exactly one way to name the channel."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    platform: Text
    nickname: Text | None = None
    channel_id: Text | None = None
    url: Text | None = None


def streamer_view(ports: Ports, streamer: Streamer) -> View:
    """Its row, with its filters as JSON, null where all of it is recorded; and what its schedule comes to."""
    filters = json.loads(streamer.filters) if streamer.filters else None
    row = {name: value for name, value in to_row(streamer).items() if name not in _UNSHOWN}
    told = {"filters": filters} | problem_view(streamer.problem)
    return row | told | schedule_view(streamer, ports.settings.schedule)


def add_streamer_routes(app: APIGatewayHttpResolver, ports: Ports) -> None:
    @app.get("/api/v1/platforms")
    def list_platforms() -> Response[str]:
        platforms = [{"name": platform.name, "title": platform.title} for platform in ports.platforms.values()]
        return json_answer(HTTPStatus.OK, {"platforms": platforms})

    @app.post("/api/v1/streamers")
    def add(new: Annotated[NewStreamer, Body()]) -> Response[str]:
        reference = Reference(new.nickname, new.channel_id, new.url)
        streamer, is_new = add_streamer(ports, new.platform, reference)
        return json_answer(HTTPStatus.CREATED if is_new else HTTPStatus.OK, streamer_view(ports, streamer))

    @app.get("/api/v1/streamers")
    def list_streamers(
        limit: Annotated[int, Query(ge=1, le=_MOST_LISTED)] = _MOST_LISTED, cursor: str | None = None
    ) -> Response[str]:
        [behind] = from_cursor(cursor, 1) if cursor else [None]
        found = ports.monitors.listed(limit + 1, behind)
        listed = sorted(found[:limit], key=lambda streamer: (streamer.added_at, streamer.streamer_id))
        following = to_cursor(found[limit - 1].streamer_id) if found[limit:] else None
        body = {"streamers": [streamer_view(ports, streamer) for streamer in listed], "next": following}
        return json_answer(HTTPStatus.OK, body)

    @app.get("/api/v1/streamers/<platform>/<channel_id>")
    def get(platform: str, channel_id: str) -> Response[str]:
        streamer = ports.monitors.get(streamer_id_of(platform, channel_id))
        if streamer is None:
            raise NotFound(f"there is no streamer {channel_id} on {platform}; add it first")
        return json_answer(HTTPStatus.OK, streamer_view(ports, streamer))

    @app.patch("/api/v1/streamers/<platform>/<channel_id>")
    def change(platform: str, channel_id: str, wishes: Annotated[Wishes, Body()]) -> Response[str]:
        streamer = change_streamer(ports, streamer_id_of(platform, channel_id), wishes.named())
        return json_answer(HTTPStatus.OK, streamer_view(ports, streamer))

    @app.post("/api/v1/streamers/<platform>/<channel_id>/check")
    def check(platform: str, channel_id: str) -> Response[str]:
        streamer = check_now(ports, streamer_id_of(platform, channel_id))
        return json_answer(HTTPStatus.ACCEPTED, streamer_view(ports, streamer))

    @app.delete("/api/v1/streamers/<platform>/<channel_id>")
    def remove(platform: str, channel_id: str) -> Response[None]:
        remove_streamer(ports, streamer_id_of(platform, channel_id))
        return Response(status_code=HTTPStatus.NO_CONTENT)
