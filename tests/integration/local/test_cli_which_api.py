"""Whom the command line calls, and how what is in the way there is told."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from tests.integration.local.test_cli import TOKEN, Run, _api, run
from tests.integration.usecases.conftest import World, world

__all__ = ["_api", "run", "world"]
Answers = Callable[[Response], list[Request]]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    """Something that is not mntreamer answers all requests so; what it was asked."""
    asked: list[Request] = []
    given = [Response()]

    @Request.application
    def app(request: Request) -> Response:
        request.get_data()
        asked.append(request)
        return given[0]

    def told(response: Response) -> list[Request]:
        given[0] = response
        return asked

    server = make_server("127.0.0.1", 0, app, threaded=True)
    monkeypatch.setenv("MNTREAMER_URL", f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


def _token_file(folder: Path, text: str = TOKEN + "\n", mode: int = 0o600) -> Path:
    path = folder / "its-token"
    path.write_text(text)
    path.chmod(mode)
    return path


@pytest.mark.usefixtures("_api")
@pytest.mark.parametrize("_api", [True], indirect=True)
class TestTheToken:
    def test_of_a_file(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = str(_token_file(tmp_path))

        assert run("--token-file", file, "list").code == 0
        monkeypatch.setenv("MNTREAMER_TOKEN_FILE", file)
        assert run("list").code == 0
        monkeypatch.setenv("MNTREAMER_TOKEN", "another one")
        assert run("list").code == 5

    @pytest.mark.parametrize(
        ("text", "mode", "says"), [("s3cret", 0o644, "chmod 600"), ("\n", 0o600, "holds no token")]
    )
    def test_of_a_file_that_cannot_be_meant(self, run: Run, tmp_path: Path, text: str, mode: int, says: str) -> None:
        refused = run("--token-file", str(_token_file(tmp_path, text, mode)), "list")

        assert (refused.code, refused.out) == (1, "")
        assert says in refused.err
        assert "s3cret" not in refused.err

    def test_of_no_file(self, run: Run, tmp_path: Path) -> None:
        assert "holds no token" in run("--token-file", str(tmp_path / "none"), "list").err

    def test_is_no_argument(self, run: Run) -> None:
        assert run("--token", TOKEN, "list").code == 2


def test_what_a_netrc_says_does_not_stand_in_for_the_token(
    run: Run, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("MNTREAMER_TOKEN", "토큰")
    monkeypatch.setattr("mntreamer_local.command_line.client.is_loopback", lambda _: False)
    monkeypatch.setenv("no_proxy", "*")
    asked = answers(Response(json.dumps({"streamers": [], "next": None}), 200))

    assert run("list").code == 0
    assert asked[0].environ["HTTP_AUTHORIZATION"].encode("latin-1").decode() == "Bearer 토큰"


@pytest.mark.usefixtures("_api")
def test_the_option_goes_before_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    assert world
    assert run("--url", "http://127.0.0.1:9", "list").code == 3
    assert run("list").code == 0
    monkeypatch.setenv("MNTREAMER_URL", "http://user:secret@127.0.0.1:9")
    assert run("list").code == 2


@pytest.mark.parametrize(
    ("response", "code", "says"),
    [
        (Response("<html>", 404), 3, "HTTP 404 without JSON"),
        (Response('{"message": "Not Found"}', 404), 3, "HTTP 404"),
        (Response('"gateway"', 502), 3, "HTTP 502"),
        (Response('{"message": "Forbidden"}', 403), 5, "HTTP 403"),
        (Response("only local", 403), 5, "HTTP 403"),
        (Response("", 301, {"Location": "https://elsewhere.example/"}), 3, "the server is elsewhere"),
        (Response('{"error": {"code": "x", "message": "in words"}}', 429), 5, "in words"),
        (Response('{"error": {"code": "x", "message": "in words"}}', 500), 1, "in words"),
    ],
)
def test_what_stands_in_between_is_told(run: Run, answers: Answers, response: Response, code: int, says: str) -> None:
    answers(response)

    ended = run("list")

    assert (ended.code, ended.out) == (code, "")
    assert says in ended.err
