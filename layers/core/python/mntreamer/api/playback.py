"""`/play/{token}/…`: the published playlist and its segments, for every player and from every origin."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from mntreamer.ports import Ports
from mntreamer.usecases.extend_source import PLAYLIST_TYPE
from mntreamer.usecases.play_recording import played_playlist, segment_link

_ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}


def add_playback_routes(app: APIGatewayHttpResolver, ports: Ports, playback_key: bytes) -> None:
    @app.get("/play/<token>/index.m3u8")
    def playlist(token: str) -> Response[str]:
        played = played_playlist(ports, token, playback_key)
        headers = _ANY_ORIGIN | {"Cache-Control": "no-cache" if not played.ended else "private, max-age=60"}
        return Response(HTTPStatus.OK, PLAYLIST_TYPE, played.text, headers=headers)

    @app.get("/play/<token>/segments/<file>")
    def segment(token: str, file: str) -> Response[None]:
        location = segment_link(ports, token, file, playback_key)
        headers = _ANY_ORIGIN | {"Location": location, "Cache-Control": "private, max-age=600"}
        return Response(HTTPStatus.FOUND, headers=headers, body=None)
