"""What the shell offers behind Tab."""

from collections.abc import Callable

import pytest

from tests.contract.records import a_streamer
from tests.integration.local.test_cli import A, B, Run, _api, run
from tests.integration.usecases.conftest import World, world
from tests.integration.usecases.recorded import closed

__all__ = ["_api", "run", "world"]
Offers = Callable[[str], list[str]]


@pytest.fixture
def offers(run: Run, monkeypatch: pytest.MonkeyPatch) -> Offers:
    """Of what was typed so far, what bash is told."""

    def told(line: str) -> list[str]:
        monkeypatch.setenv("_MNTREAMER_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
        ended = run()
        assert (ended.code, ended.err) == (0, "")
        return ended.out.split()

    return told


@pytest.mark.usefixtures("_api")
def test_channels_by_name_and_by_id_where_the_name_is_two_words(offers: Offers, world: World) -> None:
    world.ports.monitors.remove("chzzk:c1")
    world.ports.monitors.add(a_streamer(A, channel_name="예시"))
    world.ports.monitors.add(a_streamer(B, channel_name="two words"))

    assert offers("mntreamer pause ") == ["예시", B]
    assert offers("mntreamer pause 예") == ["예시"]


@pytest.mark.usefixtures("_api")
def test_recordings_by_their_short_ids(offers: Offers, world: World) -> None:
    closed(world)

    assert offers("mntreamer cut ") == ["1001"]
    assert offers("mntreamer cut 2") == []


def test_commands_and_what_options_take(offers: Offers) -> None:
    assert offers("mntreamer unm") == ["unmark"]
    assert offers("mntreamer export 1001 --format ") == ["mp4", "ts"]


def test_without_a_server_nothing_is_offered_and_nothing_said(
    offers: Offers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MNTREAMER_URL", "http://127.0.0.1:9")

    assert offers("mntreamer pause ") == []
