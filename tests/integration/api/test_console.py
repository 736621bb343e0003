"""The console's page, as a browser fetches it."""

import gzip
import os
import re
from pathlib import Path
from unittest.mock import Mock

import pytest
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.typing import LambdaContext
from werkzeug.test import Client, EnvironBuilder, TestResponse
from werkzeug.wrappers import Request

from mntreamer.api.console.console import Console
from mntreamer.api.console.page_routes import add_page_routes
from mntreamer.domain.errors import SettingMissing
from mntreamer_local.composition import PAGE
from mntreamer_local.serving.web import to_event
from tests.integration.local.test_web import LOCAL, Web, web
from tests.integration.usecases.conftest import world

__all__ = ["web", "world"]
KEPT = "public, max-age=31536000, immutable"
MOST_BYTES = 200_000
PLAYER = "packages/hls.js/"
REFERENCE = re.compile(r'(?:href|src)="(/console/[^"]+)"')
FILES = {
    "index.html": '<link href="console/a.css">\n<script type="module" src="console/main.js"></script>\n',
    "watch/watch.html": "<!--about-->",
    "main.js": 'import { b } from "./deep/b.js"\nconst later = () => import("./later.js")\n',
    "deep/b.js": 'export { c } from "../c.js"\n',
    "c.js": "export const c = 1\n",
    "later.js": "",
    "a.css": "",
    "packages/lit-html/lit-html.js": "",
    "packages/hls.js/hls.min.js": "",
    "packages/lit-html/lit-html.d.ts": "",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


@pytest.fixture
def client(web: Web) -> Client:
    """Who has no token."""
    return web(asks_token=True)


def get(client: Client, path: str, **headers: str) -> TestResponse:
    return client.get(path, base_url=LOCAL, headers={name.replace("_", "-"): text for name, text in headers.items()})


def references(client: Client, path: str = "/") -> list[str]:
    return REFERENCE.findall(get(client, path, Accept="text/html").text)


class TestThePage:
    def test_is_for_everybody_and_asked_for_again_each_time(self, client: Client) -> None:
        answer = get(client, "/")

        assert (answer.status_code, answer.mimetype) == (200, "text/html")
        assert answer.headers["Cache-Control"] == "no-cache"
        assert "unsafe" not in answer.headers["Content-Security-Policy"]

    @pytest.mark.parametrize("page", ["/", "/play/x/"])
    def test_all_that_it_refers_to_is_there_and_is_kept(self, client: Client, page: str) -> None:
        for path in references(client, page):
            answer = get(client, path)
            assert (path, answer.status_code, answer.headers["Cache-Control"]) == (path, 200, KEPT)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"

    def test_its_modules_are_fetched_at_once_and_the_player_is_not(self, client: Client) -> None:
        preloaded = re.findall(r'rel="modulepreload" href="([^"]+)"', get(client, "/").text)

        assert any(path.endswith("/packages/lit-html/lit-html.js") for path in preloaded)
        assert not any(PLAYER in path for path in preloaded)

    def test_is_small_without_the_player(self) -> None:
        edition = Console(PAGE).edition()
        texts = [file.text for path, file in edition.files.items() if not path.startswith(PLAYER)]
        documents = [edition.document(name) for name in edition.documents]

        assert sum(len(gzip.compress(text.encode())) for text in texts + documents) < MOST_BYTES

    def test_has_an_icon_also_for_who_guesses_where(self, client: Client) -> None:
        assert get(client, "/favicon.ico").mimetype == "image/svg+xml"


class TestItsFiles:
    @pytest.fixture
    def main(self, client: Client) -> str:
        return next(path for path in references(client) if path.endswith("/main.js"))

    def test_are_compressed_for_who_takes_it(self, client: Client, main: str) -> None:
        plain, packed = get(client, main), get(client, main, Accept_Encoding="br, gzip;q=0.8")

        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data == (PAGE / "main.js").read_bytes()
        assert packed.mimetype == plain.mimetype == "text/javascript"
        assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"

    @pytest.mark.parametrize("said", ["", "identity", "gzip;q=0", "br, gzip; q=0.0", "x-gzipped"])
    def test_are_plain_for_who_does_not(self, client: Client, main: str, said: str) -> None:
        assert "Content-Encoding" not in get(client, main, Accept_Encoding=said).headers

    @pytest.mark.parametrize("said", ["gzip", "identity"])
    def test_tell_their_length_without_being_sent(self, client: Client, main: str, said: str) -> None:
        head = client.head(main, base_url=LOCAL, headers={"Accept-Encoding": said})

        assert head.data == b""
        assert head.headers["Content-Length"] == get(client, main, Accept_Encoding=said).headers["Content-Length"]

    def test_are_there_for_a_page_from_before_a_deployment_and_not_kept(self, client: Client) -> None:
        answer = get(client, "/console/0123456789abcdef/main.js")

        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")

    @pytest.mark.parametrize(
        "path",
        [
            "../package.json",
            "..%2fpackage.json",
            "..%5cpackage.json",
            "%2e%2e/%2e%2e/%2e%2e/template.yaml",
            "shell/../../package.json",
            "/etc/passwd",
            "//etc/passwd",
            "main.js%00",
            "main.js/",
            "index.html",
            "api/schema.d.ts",
            "packages/ready",
            "shell",
            "shell/",
            "MAIN.JS",
            "한글.js",
            "x" * 3000,
            "",
        ],
    )
    def test_are_the_only_ones(self, client: Client, main: str, path: str) -> None:
        root = main.removesuffix("main.js")

        for prefix in (root, "/console/x/"):
            answer = get(client, prefix + path)
            assert answer.status_code == 404, answer.text

    def test_bring_their_licences(self, client: Client, main: str) -> None:
        for package in ("lit-html", "hls.js"):
            answer = get(client, main.replace("main.js", f"packages/{package}/LICENSE.txt"))
            assert (answer.status_code, answer.mimetype) == (200, "text/plain")


class TestTheFolder:
    def test_what_is_edited_is_served_at_the_next_reload(self, folder: Path) -> None:
        console = Console(folder)
        before = console.edition()
        (folder / "c.js").write_text("export const c = 2\n")
        after = console.edition()

        assert before.digest != after.digest
        assert after.files["c.js"].text == "export const c = 2\n"
        assert before.files["c.js"].text == "export const c = 1\n"

    def test_what_is_edited_meanwhile_is_not_kept_as_what_was_there_before(self, folder: Path) -> None:
        console = Console(folder)
        before = console.edition()
        (folder / "c.js").write_text("export const c = 2\n")
        looks = Mock(edition=Mock(side_effect=[before, console.edition()]))
        app = APIGatewayHttpResolver()
        add_page_routes(app, looks)

        request = Request(EnvironBuilder(before.url("c.js")).get_environ())
        answer = app.resolve(to_event(request), LambdaContext())
        assert (answer["headers"]["Cache-Control"], answer["body"]) == (KEPT, "export const c = 1\n")

    def test_what_an_editor_leaves_beside_a_file_is_passed_over(self, folder: Path) -> None:
        before = Console(folder).edition().digest
        (folder / ".#c.js").symlink_to("somebody@somewhere.1:2")
        (folder / ".c.js").write_bytes(b"\xff")

        assert Console(folder).edition().digest == before

    def test_the_same_files_have_the_same_digest_wherever_and_whenever(self, folder: Path) -> None:
        before = Console(folder).edition().digest
        os.utime(folder / "c.js", (1, 1))

        assert Console(folder).edition().digest == before

    def test_what_is_imported_at_once_is_preloaded_however_far_away(self, folder: Path) -> None:
        console = Console(folder)
        root = f"/console/{console.edition().digest}"

        assert console.edition().document("index.html") == (
            f'<link href="{root}/a.css">\n'
            f'<link rel="modulepreload" href="{root}/c.js">\n'
            f'<link rel="modulepreload" href="{root}/deep/b.js">\n'
            f'<script type="module" src="{root}/main.js"></script>\n'
        )

    def test_is_put_together_once_however_many_ask(self, folder: Path) -> None:
        console = Console(folder)

        assert console.edition().document("index.html") is console.edition().document("index.html")

    def test_types_are_served_to_nobody(self, folder: Path) -> None:
        assert not [path for path in Console(folder).edition().files if path.endswith(".ts")]

    def test_one_without_its_packages_says_what_to_run(self, folder: Path) -> None:
        (folder / "packages/hls.js/hls.min.js").unlink()

        with pytest.raises(SettingMissing, match=r"lacks packages/hls.js/hls.min.js: 'make console'"):
            Console(folder).require_complete()
