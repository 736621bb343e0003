"""`/` and `/console/…`: the page and its files, for everybody; all that it shows comes by the API."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from mntreamer.api.console.console import Console
from mntreamer.api.console.edition import Edition
from mntreamer.api.console.html_answer import html_answer
from mntreamer.api.console.page_encoding import accepts_gzip
from mntreamer.domain.errors import NotFound

_ICON = "shell/icon.svg"
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}
_OF_ANOTHER_EDITION = {"Cache-Control": "no-cache"}
_FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}


def add_page_routes(app: APIGatewayHttpResolver, console: Console) -> None:
    @app.get("/")
    def page() -> Response[str]:
        return html_answer(HTTPStatus.OK, console.edition().document("index.html"))

    @app.get("/favicon.ico")
    def icon() -> Response[str]:
        return file_answer(console.edition(), _ICON, _FOR_A_DAY)

    @app.get("/console/<digest>/.+")
    def file(digest: str) -> Response[str]:
        """A page that was loaded before a deployment finds what it still needs; it is just not to be kept."""
        edition = console.edition()
        path = app.current_event.path.removeprefix(f"/console/{digest}/")
        return file_answer(edition, path, _KEPT if digest == edition.digest else _OF_ANOTHER_EDITION)

    def file_answer(edition: Edition, path: str, caching: dict[str, str]) -> Response[str]:
        found = edition.files.get(path)
        if found is None:
            raise NotFound("the console has no such file")
        headers = caching | {"Vary": "Accept-Encoding"}
        if not accepts_gzip(app.current_event.headers.get("accept-encoding", "")):
            return Response(HTTPStatus.OK, found.content_type, found.text, headers=headers)
        encoded = headers | {"Content-Encoding": "gzip"}
        answer = Response(HTTPStatus.OK, found.content_type, found.gzipped, headers=encoded)
        answer.base64_encoded = True
        return answer
