"""The command line against the real API on loopback, as the person at the keyboard sees it."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
import typer
from werkzeug.serving import make_server

from mntreamer.api.console.console import Console
from mntreamer.api.door.door import Door
from mntreamer.api.routes import build_api
from mntreamer.domain.monitors.probe import Channel
from mntreamer.usecases.monitors.measure_health import measure_health
from mntreamer_local.command_line.cli import app, main
from mntreamer_local.composition import PAGE
from mntreamer_local.files.publishing_store import PublishingStore
from mntreamer_local.serving.prometheus import Metrics
from mntreamer_local.serving.web import WebApp
from tests.contract.records import a_streamer
from tests.integration.usecases.conftest import World, world

__all__ = ["world"]
A, B = "a" * 32, "b" * 32
TOKEN = "the token"
_POLL_S = 0.01


class Ended(NamedTuple):
    code: object
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def ended(*words: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["mntreamer", *words])
        with pytest.raises(SystemExit) as left:
            main()
        return Ended(left.value.code, *capsys.readouterr())

    return ended


def _web(world: World, *, asks_token: bool) -> WebApp:
    store = world.ports.store
    assert isinstance(store, PublishingStore)
    api = build_api(world.ports, Door(TOKEN, is_asked=asks_token), None, Console(PAGE))
    metrics = Metrics(partial(measure_health, world.ports), {})
    return WebApp(api, store, store._links, metrics, only_local=not asks_token, public_files=False)


@pytest.fixture
def _api(world: World, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Behind a proxy that nothing on this machine may go through."""
    app = _web(world, asks_token=getattr(request, "param", False))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    monkeypatch.setenv("MNTREAMER_URL", f"http://localhost:{server.server_port}/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    serving = Thread(target=server.serve_forever, args=[_POLL_S])
    serving.start()
    yield
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.mark.usefixtures("_api")
class TestAdding:
    @pytest.mark.parametrize("named", ["예시", A, f"https://chzzk.naver.com/live/{A}", f"chzzk.naver.com/{A}"])
    def test_by_nickname_id_and_url(self, run: Run, world: World, named: str) -> None:
        world.platform.channels = [Channel(A, "예시")]

        added = run("add", "chzzk", named)

        assert added.code == 0
        name, *_, channel_id = added.out.splitlines()[1].split()
        assert (name, channel_id) == ("예시", A)
        assert world.ports.monitors.get(f"chzzk:{A}")

    def test_the_only_platform_need_not_be_said(self, run: Run, world: World) -> None:
        world.platform.channels = [Channel(A, "예시")]

        assert run("platforms").out.splitlines()[1].split()[0] == "chzzk"
        assert run("add", "예시").code == 0
        assert world.ports.monitors.get(f"chzzk:{A}")

    def test_a_name_with_a_space_goes_in_quotes(self, run: Run, world: World) -> None:
        world.platform.channels = [Channel(A, "my own channel")]

        refused = run("add", "my", "own", "channel")

        assert refused.code == 2
        assert "quotes" in refused.err
        assert run("add", "my own channel").code == 0

    @pytest.mark.parametrize("nickname", ["a.b", "a/b", "예.시/방송", "A" * 32])
    def test_a_nickname_that_only_looks_like_a_url_is_one(self, run: Run, world: World, nickname: str) -> None:
        world.platform.channels = [Channel(B, nickname)]

        assert run("add", "chzzk", nickname, "--json").code == 0

    def test_candidates_come_as_the_commands_to_choose_from(self, run: Run, world: World) -> None:
        world.platform.channels = [Channel(A, "예시1"), Channel(B, "예시2\nrm")]

        refused = run("add", "chzzk", "예시")

        assert (refused.code, refused.out) == (1, "")
        assert refused.err.splitlines()[1:] == [
            f"  mntreamer add chzzk {A}  # 예시1",
            f"  mntreamer add chzzk {B}  # 예시2 rm",
        ]


@pytest.mark.usefixtures("_api")
class TestNaming:
    @pytest.mark.parametrize(
        "words",
        [
            [A],
            ["예시 채널"],
            ["nick"],
            [f"https://chzzk.naver.com/live/{A}?from=home"],
            ["예"],
            ["aaa"],
            ["chzzk", "예"],
        ],
        ids=["id", "name", "nickname", "URL", "begin of the name", "begin of the id", "with its platform"],
    )
    def test_as_people_type_it(self, run: Run, world: World, words: list[str]) -> None:
        world.ports.monitors.add(a_streamer(A, channel_name="예시 채널", nickname="nick"))
        world.ports.monitors.add(a_streamer(B, channel_name="other"))

        assert json.loads(run("list", *words, "--json").out)["streamers"][0]["channel_id"] == A
        assert run("pause", *words) == (0, "예시 채널 is paused\n", "")

    def test_a_whole_name_is_no_begin_of_another(self, run: Run, world: World) -> None:
        world.ports.monitors.add(a_streamer(A, channel_name="예시"))
        world.ports.monitors.add(a_streamer(B, channel_name="예시2"))

        assert json.loads(run("pause", "예시", "--json").out)["channel_id"] == A

    @pytest.mark.parametrize("words", [[""], ["chzzk", " "], ["", "c1"]])
    def test_an_empty_word_means_nobody(self, run: Run, words: list[str]) -> None:
        assert run("pause", *words).code == 2

    def test_a_begin_of_two_comes_as_a_choice(self, run: Run, world: World) -> None:
        world.ports.monitors.add(a_streamer(A, channel_name="예시1"))
        world.ports.monitors.add(a_streamer(B, channel_name="예시2"))

        refused = run("check", "예시")

        assert refused.code == 1
        assert refused.err.splitlines()[1:] == [
            f"  mntreamer check chzzk {A}  # 예시1",
            f"  mntreamer check chzzk {B}  # 예시2",
        ]


@pytest.mark.usefixtures("_api")
class TestRemoving:
    @pytest.mark.parametrize("named", [A, "예시", "nick"])
    def test_by_id_name_and_nickname(self, run: Run, world: World, named: str) -> None:
        world.ports.monitors.add(a_streamer(A, channel_name="예시", nickname="nick"))

        removed = run("remove", "chzzk", named)

        assert removed == (0, "예시 is no longer watched; what was recorded stays\n", "")
        assert world.ports.monitors.get(f"chzzk:{A}") is None

    def test_a_name_of_two_removes_neither(self, run: Run, world: World) -> None:
        world.ports.monitors.add(a_streamer(A, channel_name="예시", nickname="nick"))
        world.ports.monitors.add(a_streamer(B, channel_name="other", nickname="예시"))

        refused = run("remove", "chzzk", "예시")

        assert refused.code == 1
        assert refused.err.startswith("mntreamer: 2 streamers are called '예시'; say which\n")
        assert f"  mntreamer remove chzzk {B}  # other\n" in refused.err
        assert world.ports.monitors.get(f"chzzk:{A}")

    @pytest.mark.parametrize(("platform", "named"), [("chzzk", "예"), ("other", A)])
    def test_who_is_not_watched_cannot_be(self, run: Run, world: World, platform: str, named: str) -> None:
        world.ports.monitors.add(a_streamer(A, channel_name="예시"))

        refused = run("remove", platform, named)

        assert refused.code == 4
        assert "'mntreamer list' shows who is" in refused.err


@pytest.mark.usefixtures("_api")
def test_what_is_recorded_is_listed_for_people_and_for_programs(run: Run, world: World) -> None:
    world.goes_live()
    world.tick()

    assert world.recording.channel_name in run("recordings").out
    assert json.loads(run("recordings", "--json").out)["recordings"][0]["prefix"] == world.recording.prefix
    assert "starting to record" in run("list").out


@pytest.mark.usefixtures("_api")
@pytest.mark.parametrize("_api", [True], indirect=True)
def test_a_server_that_asks_for_a_token(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = run("list")
    monkeypatch.setenv("MNTREAMER_TOKEN", TOKEN)

    assert (refused.code, refused.out) == (5, "")
    assert "set MNTREAMER_TOKEN to what is in DATA/token" in refused.err
    assert run("list").code == 0


@pytest.mark.parametrize(
    "url", ["foo", "127.0.0.1:8080", "ftp://host", "http://", "http://[::1", "http://host:99999"]
)
def test_an_address_that_is_none(run: Run, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("MNTREAMER_URL", url)

    assert run("list")[:2] == (2, "")
    assert run("list").err.startswith("mntreamer: MNTREAMER_URL is not a URL: ")


def test_no_server(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MNTREAMER_URL", "http://127.0.0.1:9")

    assert run("list").code == 3


@pytest.mark.parametrize("port", ["0", "65536", "x"])
def test_a_port_that_is_none(run: Run, port: str) -> None:
    assert run("serve", "--port", port).code == 2


def test_the_version(run: Run) -> None:
    assert run("--version") == (0, f"mntreamer {version('mntreamer')}\n", "")


def test_every_command_has_help_and_is_in_the_guide(run: Run) -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)

    guide = (Path(__file__).parents[3] / "docs/cli.md").read_text()
    assert len(group.commands) > 30
    for command in group.commands:
        assert re.search(rf"`mntreamer {command}\b", guide)
        assert f"Usage: mntreamer {command} " in run(command, "--help").out
