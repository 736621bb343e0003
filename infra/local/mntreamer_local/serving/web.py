"""The one-machine web server: HTTP requests become API Gateway events, and stored files are served with Range."""

import json
import logging
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

from mntreamer.api.current_api import CurrentApi
from mntreamer.api.door.security_headers import security_headers
from mntreamer.api.routes import Api
from mntreamer.api.wire.answers import answer_error
from mntreamer.api.wire.body import MAX_BODY_BYTES, TOO_LARGE
from mntreamer.api.wire.head import body_of
from mntreamer.api.wire.unexpected import UNEXPECTED
from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.errors import AccessDenied, BadInput, MntreamerError, NotSameOrigin, TooLarge
from mntreamer_local.files.file_store import FileStore
from mntreamer_local.files.links import ROUTE, LinkSigner
from mntreamer_local.hosts import is_loopback

_TYPES = {
    ".ts": "video/mp2t",
    ".mp4": "video/mp4",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".json": "application/json",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt",
}
_METRICS = "/metrics"
_logger = logging.getLogger(__name__)


class WebApp:
    """A WSGI application.

    `only_local`: refuse requests that a web page elsewhere has made a browser send here, by their Host and Origin,
    since no token is asked for. `public_files`: serve what is published without a signature. `metrics` are open, as
    the health is.
    """

    def __init__(
        self,
        api: Api | CurrentApi,
        store: FileStore,
        links: LinkSigner,
        metrics: Collector,
        *,
        only_local: bool,
        public_files: bool,
    ) -> None:
        self._api = api
        self._store = store
        self._links = links
        self._metrics = metrics
        self._only_local = only_local
        self._public_files = public_files
        self._headers = security_headers(links.public(""))

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        request = Request(environ)
        request.max_content_length = MAX_BODY_BYTES
        try:
            response: Any = self._answer(request)
        except RequestEntityTooLarge:
            response = _refusal(TooLarge(TOO_LARGE))
        except HTTPException as error:
            response = error.get_response(environ)
        except Exception as error:  # noqa: BLE001 -- whatever it is, the client gets an answer
            _logger.error("%s was not answered: %s", request.method, kind_and_place(error))
            response = Response(json.dumps(UNEXPECTED), 500, content_type="application/json")
        for name, value in self._headers.items():
            response.headers.setdefault(name, value)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if self._only_local and not _is_local(request):
            return _refusal(NotSameOrigin("this server answers only pages and programs of its own machine"))
        if request.path.startswith(ROUTE):
            return self._file(request)
        if request.path == _METRICS:
            return Response(generate_latest(self._metrics), content_type=CONTENT_TYPE_LATEST)
        answer = self._api.resolve(to_event(request), LambdaContext())
        return Response(body_of(answer) or None, answer["statusCode"], _headers(answer))

    def _file(self, request: Request) -> Response:
        key = request.path.removeprefix(ROUTE)
        try:
            path = self._store.path(key)
            if not (self._public_files and _is_published(key)):
                self._links.check(key, request.args.get("expires", "0"), request.args.get("signature", ""))
        except AccessDenied as error:
            return Response(f"{error}\n", 403)
        except BadInput:
            raise NotFound from None
        return _given_out(path, request)


def _given_out(path: Path, request: Request) -> Response:
    try:
        if path.suffix not in _TYPES or not path.is_file():
            raise NotFound
    except OSError:  # a name that no file can have
        raise NotFound from None
    response = send_file(path, request.environ, mimetype=_TYPES[path.suffix], conditional=True)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _is_published(key: str) -> bool:
    """What the bucket's policy lets everybody read where playback is public."""
    match key.split("/"):
        case ["media", *folders, "segments", file]:
            return bool(folders) and ".." not in folders and file.endswith(".ts")
        case ["media", *folders, "index.m3u8" | "live.m3u8"]:
            return bool(folders) and ".." not in folders
    return False


def to_event(request: Request) -> dict[str, Any]:
    """The request as API Gateway's HTTP API would hand it to a function (payload format 2.0)."""
    headers = {name.lower(): value for name, value in request.headers}
    cookies = headers.pop("cookie", None)
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": request.path,
        "rawQueryString": request.query_string.decode(errors="replace"),
        "cookies": cookies.split("; ") if cookies else [],
        "headers": headers | {"host": request.host, "x-forwarded-proto": request.scheme},
        "queryStringParameters": {name: ",".join(request.args.getlist(name)) for name in request.args},
        "requestContext": {
            "stage": "$default",
            "http": {"method": request.method, "path": request.path, "sourceIp": request.remote_addr or ""},
        },
        **_body(request.get_data()),
    }


def _body(sent: bytes) -> dict[str, Any]:
    try:
        return {"body": sent.decode() or None, "isBase64Encoded": False}
    except UnicodeDecodeError:
        return {"body": b64encode(sent).decode(), "isBase64Encoded": True}


def _headers(answer: dict[str, Any]) -> list[tuple[str, str]]:
    cookies = [("Set-Cookie", cookie) for cookie in answer.get("cookies", ())]
    return [(name, str(value)) for name, value in answer.get("headers", {}).items()] + cookies


def _refusal(error: MntreamerError) -> Response:
    answer = answer_error(error)
    return Response(answer.body, answer.status_code, dict(answer.headers))


def _is_local(request: Request) -> bool:
    """Host and Origin name this machine: neither DNS rebinding nor another site's form gets in."""
    origin = request.headers.get("Origin")
    own = origin is None or origin == f"{request.scheme}://{request.host}"
    return is_loopback(request.host) and (own or request.path.startswith(("/play/", ROUTE)))
