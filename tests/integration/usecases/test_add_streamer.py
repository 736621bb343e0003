from datetime import timedelta

import pytest

from mntreamer.domain.errors import BadInput, ChannelAmbiguous, NotFound
from mntreamer.domain.monitors.due import due_of
from mntreamer.domain.monitors.probe import Channel
from mntreamer.usecases.monitors.add_streamer import Reference, add_streamer
from tests.contract.records import a_problem
from tests.integration.usecases.conftest import World

CHANNEL = Channel("a" * 32, "예시스트리머")


def test_a_nickname_becomes_a_streamer_that_is_due_at_once(world: World) -> None:
    world.platform.channels = [CHANNEL, Channel("b" * 32, "예시스트리머_부계정")]

    streamer, is_new = add_streamer(world.ports, "chzzk", Reference(nickname="예시스트리머"))

    assert is_new
    assert (streamer.channel_id, streamer.channel_name) == ("a" * 32, "예시스트리머")
    assert due_of(streamer) in world.due


def test_adding_it_again_answers_with_what_exists(world: World) -> None:
    world.platform.channels = [CHANNEL]
    first, _ = add_streamer(world.ports, "chzzk", Reference(channel_id="a" * 32))
    world.now[0] += timedelta(hours=1)

    again, is_new = add_streamer(world.ports, "chzzk", Reference(url="https://chzzk.example/live/" + "a" * 32))

    assert not is_new
    assert again == first


def test_adding_a_paused_one_again_resumes_it(world: World) -> None:
    world.platform.channels = [CHANNEL]
    first, _ = add_streamer(world.ports, "chzzk", Reference(channel_id="a" * 32))
    world.ports.monitors.update(
        first.streamer_id, {"paused": True, "problem": a_problem("unknown"), "check_at": None}
    )
    world.later(hours=1)

    resumed, is_new = add_streamer(world.ports, "chzzk", Reference(channel_id="a" * 32))

    assert not is_new
    assert (resumed.paused, resumed.problem, resumed.check_at) == (False, None, world.now[0])
    assert resumed == world.ports.monitors.get(first.streamer_id)
    assert due_of(resumed) in world.due


def test_adding_one_again_whose_recording_goes_on_only_ends_the_pause(world: World) -> None:
    world.platform.channels = [Channel("c1", "예시스트리머")]
    world.goes_live()
    world.tick()
    before = world.streamer
    world.ports.monitors.update("chzzk:c1", {"paused": True})

    assert add_streamer(world.ports, "chzzk", Reference(channel_id="c1")) == (before, False)


def test_candidates_are_offered_where_no_name_is_the_same(world: World) -> None:
    world.platform.channels = [CHANNEL]
    with pytest.raises(ChannelAmbiguous):
        add_streamer(world.ports, "chzzk", Reference(nickname="예시"))


def test_an_unknown_platform_is_told_with_those_there_are(world: World) -> None:
    with pytest.raises(NotFound, match="chzzk"):
        add_streamer(world.ports, "twitch", Reference(nickname="x"))


@pytest.mark.parametrize("reference", [Reference(), Reference(nickname="a", url="b"), Reference("a", "b", "c")])
def test_exactly_one_way_to_name_the_channel_is_asked_for(world: World, reference: Reference) -> None:
    with pytest.raises(BadInput):
        add_streamer(world.ports, "chzzk", reference)
