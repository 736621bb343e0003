"""What is known of a streamer's starts decides when it is looked at next, from its first day on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mntreamer.domain.errors import NotFound, PlatformBlocked, PlatformError
from mntreamer.domain.monitors.looks import looks_a_day
from mntreamer.domain.monitors.probe import Broadcast, Channel, Live
from mntreamer.domain.schedule.habit_text import from_text
from mntreamer.domain.schedule.schedule import Schedule
from mntreamer.domain.schedule.spending import price_s
from mntreamer.settings import Settings
from mntreamer.usecases.monitors.add_streamer import Reference, add_streamer
from mntreamer.usecases.monitors.change_streamer import change_streamer
from tests.contract.records import NOON
from tests.integration.usecases.conftest import World

# It is 21:00 in Korea at noon.
EVENINGS = [
    Broadcast(NOON - timedelta(days=day), NOON - timedelta(days=day) + timedelta(hours=3)) for day in range(1, 17)
]
KNOWN = Channel("c9", "예시스트리머")


def added(world: World, past: list[Broadcast] | NotFound | PlatformError) -> timedelta:
    """How long the streamer is left alone after its first look, an hour after noon, when it never starts."""
    world.platform.channels, world.platform.past["c9"] = [KNOWN], past
    world.later(hours=6)
    add_streamer(world.ports, "chzzk", Reference(channel_id="c9"))
    world.tick()
    streamer = world.ports.monitors.get("chzzk:c9")
    assert streamer
    assert streamer.check_at
    return streamer.check_at - world.now[0]


def test_who_is_added_with_a_past_is_no_stranger(world: World) -> None:
    assert added(world, EVENINGS) > timedelta(minutes=10)


def test_who_is_added_without_one_is_looked_at_by_the_table(world: World) -> None:
    assert added(world, []) <= timedelta(minutes=1)


@pytest.mark.parametrize("trouble", [PlatformError("other JSON"), PlatformBlocked("HTTP 429"), NotFound("no videos")])
def test_a_past_that_cannot_be_asked_for_costs_nothing(world: World, trouble: NotFound | PlatformError) -> None:
    assert added(world, trouble) <= timedelta(minutes=1)


def test_the_table_is_gone_by_where_a_person_wants_it(world: World) -> None:
    added(world, EVENINGS)
    change_streamer(world.ports, "chzzk:c9", {"schedule": Schedule.STEPPED})
    world.later(hours=1)
    world.tick()
    streamer = world.ports.monitors.get("chzzk:c9")

    assert streamer
    assert streamer.check_at
    assert streamer.check_at - world.now[0] <= timedelta(minutes=1)


def test_the_table_is_gone_by_where_the_setting_says_so(world: World) -> None:
    world.ports = replace(world.ports, settings=Settings(schedule=Schedule.STEPPED))

    assert added(world, EVENINGS) <= timedelta(minutes=1)


def test_a_stream_that_is_seen_teaches_its_start_and_its_end_and_how_late_it_was_seen(world: World) -> None:
    world.goes_live()
    world.tick()
    started = from_text(world.streamer.habit)
    world.goes_offline()
    world.later(hours=2)
    for _ in range(10):
        world.until_due()
        world.tick()
    ended = from_text(world.streamer.habit)

    assert (started.known, started.delays, started.delay_sum_s) == (1, 1, 30)
    assert ended.known == 1
    assert ended.last_end_s
    assert ended.last_start_s
    assert ended.last_end_s - ended.last_start_s == pytest.approx(2 * 3600, abs=600)
    assert world.streamer.recording_id is None

    world.later(hours=20)
    world.platform.shows["c1"] = Live("1002", "title", "game", world.now[0] - timedelta(seconds=90))
    world.until_due()
    world.tick()
    again = from_text(world.streamer.habit)
    assert again.known == 2
    assert again.delay_sum_s / again.delays == pytest.approx(60, rel=0.1)


def test_a_session_that_is_seen_again_is_one_start(world: World) -> None:
    world.goes_live()
    for _ in range(5):
        world.tick()
        world.until_due()

    assert from_text(world.streamer.habit).known == 1


def test_looks_are_counted_and_the_price_follows(world: World) -> None:
    before = price_s(world.platform.spending(), 100)
    for _ in range(40):
        world.until_due()
        world.tick()

    spending = world.platform.spending()
    assert spending.spent == pytest.approx(40, rel=0.05)
    assert price_s(spending, 10) > price_s(spending, 100) != before


def test_how_often_it_was_looked_at_is_told_after_a_day(world: World) -> None:
    begin = world.now[0]
    looks = 0
    while world.now[0] < begin + timedelta(days=3):
        world.until_due()
        world.tick()
        looks += 1

    assert looks_a_day(world.streamer) == pytest.approx(looks / 3, rel=0.1)
