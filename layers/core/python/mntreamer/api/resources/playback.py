"""`/play/{token}/…`: playlists, their segments and pictures of them, for every player and from every origin."""

from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from mntreamer.domain.pictures.thumbnail_track import THUMBNAIL_TRACK_TYPE
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.play_recording import played_live, played_playlist, played_source, segment_link
from mntreamer.usecases.recordings.show_pictures import poster_link, sheet_link, thumbnail_track
from mntreamer.usecases.recordings.stored.source import PLAYLIST_TYPE


def add_playback_routes(app: APIGatewayHttpResolver, ports: Ports, playback_key: bytes) -> None:
    @app.get("/play/<token>/index.m3u8")
    def playlist(token: str) -> Response[str]:
        return _as_it_is_now(played_playlist(ports, token, playback_key), PLAYLIST_TYPE)

    @app.get("/play/<token>/live.m3u8")
    def live(token: str) -> Response[str]:
        return _as_it_is_now(played_live(ports, token, playback_key), PLAYLIST_TYPE)

    @app.get("/play/<token>/source.m3u8")
    def source(token: str) -> Response[str]:
        return _as_it_is_now(played_source(ports, token, playback_key), PLAYLIST_TYPE)

    @app.get("/play/<token>/segments/<file>")
    def segment(token: str, file: str) -> Response[str]:
        return _led_to(segment_link(ports, token, file, playback_key))

    @app.get("/play/<token>/poster.jpg")
    def poster(token: str) -> Response[str]:
        return _led_to(poster_link(ports, token, playback_key))

    @app.get("/play/<token>/thumbnails.vtt")
    def thumbnails(token: str) -> Response[str]:
        return _as_it_is_now(thumbnail_track(ports, token, playback_key), THUMBNAIL_TRACK_TYPE)

    @app.get("/play/<token>/thumbnails/<sheet>")
    def thumbnail_sheet(token: str, sheet: str) -> Response[str]:
        return _led_to(sheet_link(ports, token, sheet, playback_key))


def _as_it_is_now(text: str, content_type: str) -> Response[str]:
    # An edit counts at once, also of a recording that has ended.
    return Response(HTTPStatus.OK, content_type, text, headers={"Cache-Control": "no-cache"})


def _led_to(location: str) -> Response[str]:
    # Shorter than people wait for a link that they have revoked to end.
    headers = {"Location": location, "Cache-Control": "private, max-age=60"}
    return Response(HTTPStatus.FOUND, headers=headers, body="")


def for_any_origin(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer to a player on a page of whichever origin, who may also read why nothing is played."""
    return answer | {"headers": answer["headers"] | {"Access-Control-Allow-Origin": "*"}}
