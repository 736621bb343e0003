"""`/play/{token}/`: what a playback link opens, as a page with a player; also why it opens nothing."""

from collections.abc import Mapping
from html import escape
from http import HTTPStatus

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from mntreamer.api.console.console import Console
from mntreamer.api.console.html_answer import html_answer
from mntreamer.api.wire.answers import answer_error
from mntreamer.domain.errors import AccessDenied, Gone, NotFound
from mntreamer.domain.times import to_iso
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.watch_recording import Watched, watch_recording

_DOCUMENT = "watch/watch.html"
_ABOUT = "<!--about-->"
_PRODUCT = "mntreamer"


def add_watch_route(app: APIGatewayHttpResolver, ports: Ports, console: Console, playback_key: bytes) -> None:
    @app.get("/play/<token>/")
    def watch(token: str) -> Response[str]:
        try:
            about = _told(watch_recording(ports, token, playback_key))
        except (AccessDenied, Gone, NotFound) as error:
            refusal = answer_error(error)
            if "text/html" not in app.current_event.headers.get("accept", ""):
                return refusal
            return answer(HTTPStatus(refusal.status_code), _refused(error.code))
        return answer(HTTPStatus.OK, about)

    def answer(status: HTTPStatus, about: str) -> Response[str]:
        return html_answer(status, console.edition().document(_DOCUMENT).replace(_ABOUT, about))


def _told(watched: Watched) -> str:
    """What the player needs to know, and what those show who are sent the link (ogp.me)."""
    about = {
        "channel": watched.channel_name,
        "started-at": to_iso(watched.started_at),
        "playlist": watched.playlist,
    }
    preview = {
        "og:type": "video.other",
        "og:site_name": _PRODUCT,
        "og:title": watched.title,
        "og:description": f"{watched.channel_name}, {watched.started_at:%Y-%m-%d}",
    }
    return _title(watched.title) + _metas("name", about) + _metas("property", preview)


def _refused(code: str) -> str:
    return _title(_PRODUCT) + _metas("name", {"refusal": code})


def _title(title: str) -> str:
    return f"<title>{escape(title)}</title>"


def _metas(kind: str, values: Mapping[str, str]) -> str:
    return "".join(f'<meta {kind}="{name}" content="{escape(value)}">' for name, value in values.items())
