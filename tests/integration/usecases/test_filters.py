"""A streamer's filters: what they leave out is not recorded, and what they let through later is, from there on."""

from datetime import timedelta

import pytest

from mntreamer.domain.monitors.filters import Filters, render_filters
from mntreamer.domain.monitors.hours import Hours
from mntreamer.domain.monitors.probe import Live
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.usecases.monitors.change_streamer import change_streamer
from mntreamer.usecases.monitors.why_left_out import why_left_out
from tests.contract.records import NOON
from tests.integration.usecases.conftest import RECONNECT_WINDOW, World
from tests.integration.usecases.episodes import record, until_closed
from tests.integration.usecases.recorded import closed

OTHER = Filters(titles=("other",))


def _filter(world: World, filters: Filters) -> None:
    change_streamer(world.ports, "chzzk:c1", {"filters": render_filters(filters)})


def _becomes(world: World, title: str, live_id: str = "1001") -> None:
    world.platform.shows["c1"] = Live(live_id, title, "game", NOON)


def _look(world: World) -> None:
    world.until_due()
    world.tick()


def test_what_is_left_out_is_looked_at_again_soon_and_says_why(world: World) -> None:
    _filter(world, OTHER)
    _becomes(world, "title")
    _look(world)

    streamer = world.streamer
    assert (streamer.problem, streamer.is_streaming) == ("live, but the title does not match", True)
    assert (streamer.recording_id, world.launches.started) == (None, [])
    assert streamer.check_at
    assert streamer.check_at <= world.now[0] + timedelta(minutes=2)
    assert streamer.announced_at is None


def test_what_begins_to_match_is_recorded_from_there(world: World) -> None:
    _filter(world, OTHER)
    _becomes(world, "title")
    _look(world)
    _becomes(world, "another title")
    _look(world)

    assert world.launches.started == [("chzzk:c1:1001", 1)]
    assert world.streamer.problem is None
    assert world.recording.title == "another title"


def test_who_is_left_out_is_looked_at_at_once_under_other_filters(world: World) -> None:
    _filter(world, OTHER)
    _becomes(world, "title")
    _look(world)
    world.later(seconds=30)

    _filter(world, Filters())

    assert world.streamer.check_at == world.now[0]
    world.tick()
    assert world.launches.started


def test_hours_are_those_of_the_platforms_zone(world: World) -> None:
    noon_in_korea = Hours(("sun",), "12:00", "13:00")
    _filter(world, Filters(hours=(noon_in_korea,)))

    assert why_left_out(world.ports, "chzzk:c1", Topic("", "")) is None
    world.later(hours=1)
    assert why_left_out(world.ports, "chzzk:c1", Topic("", "")) == "live, but outside its hours"


def test_of_somebody_who_is_watched_no_more_nothing_is_left_out(world: World) -> None:
    world.ports.monitors.remove("chzzk:c1")

    assert why_left_out(world.ports, "chzzk:c1", Topic("", "")) is None


def test_what_stops_matching_is_closed_once_its_recorder_has_left(world: World) -> None:
    record(world)
    _filter(world, OTHER)
    world.later(minutes=2)  # its recorder is gone, and its lease
    until_closed(world)

    assert world.streamer.problem in {None, "live, but the title does not match"}
    assert len(world.launches.started) == 1
    _look(world)
    assert world.streamer.problem == "live, but the title does not match"
    assert len(world.launches.started) == 1


def test_what_matches_again_goes_on_in_its_recording(world: World) -> None:
    before = closed(world)
    _filter(world, OTHER)
    _becomes(world, "title")
    _look(world)
    assert world.recording == before

    _becomes(world, "other")
    _look(world)

    assert world.recording.status is RecordingStatus.RECORDING
    assert world.launches.started[-1] == ("chzzk:c1:1001", world.recording.generation)


def test_a_match_within_the_reconnect_window_goes_on_at_once(world: World) -> None:
    record(world)
    _filter(world, OTHER)
    world.later(minutes=2)
    _look(world)
    left = world.recording
    world.later(seconds=RECONNECT_WINDOW.total_seconds() / 2)
    _becomes(world, "other")
    _look(world)

    assert left.ended_at
    assert (world.recording.ended_at, world.recording.status) == (None, RecordingStatus.RECORDING)
    assert len(world.launches.started) == 2


def test_one_that_is_only_told_of_is_announced_once_a_broadcast(world: World) -> None:
    _filter(world, Filters(notify_only=True))
    announced = set()
    for title in ("one", "two", "two"):
        _becomes(world, title)
        _look(world)
        announced.add(world.streamer.announced_at)
    assert len(announced) == 1
    assert (world.streamer.problem or "").endswith("only told of: two")
    world.goes_offline()
    _look(world)
    offline = world.streamer
    _becomes(world, "three", "1002")
    _look(world)

    assert (offline.announced_at, offline.problem) == (None, None)
    assert world.streamer.announced_at not in {None, *announced}
    assert world.launches.started == []


@pytest.mark.parametrize("filters", [Filters(), Filters(titles=("TITLE",), categories=("Game",))])
def test_what_gets_through_is_recorded_as_ever(world: World, filters: Filters) -> None:
    _filter(world, filters)
    record(world)

    assert world.launches.started == [("chzzk:c1:1001", 1)]
