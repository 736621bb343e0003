"""While it records, a recorder asks what the stream is about, and keeps what changed with the time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from mntreamer.clock import utc_now
from mntreamer.domain.errors import PlatformError
from mntreamer.domain.monitors.filters import Filters, render_filters
from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.recordings.lease import has_standby, is_held
from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer.recorder.ending.ending import Ending
from tests.integration.recorder.conftest import QUICK, Studio
from tests.integration.recorder.origin import Origin, OriginPlatform

# Its source is held until it has asked: that is no doubt.
CURIOUS = replace(QUICK, ask_every_s=0.0, topic_every_s=0.0, stale_s=60.0, renew_every_s=60.0)
OPENING = ("첫 방송", "")
GAME = Topic("이번엔 게임", "game")


class TellingPlatform(OriginPlatform):
    """Says what the stream is about; the source waits at its eighth segment until it was asked so often."""

    wanted: int = 0
    asked: int = 0
    is_broken: bool = False

    def topic(self, channel_id: str) -> Topic | None:
        self.asked += 1
        self.origin.hold = self.asked < self.wanted
        if self.is_broken:
            raise PlatformError("nobody knows")
        return super().topic(channel_id)


def _told_by(studio: Studio, origin: Origin, topic: Topic | None, wanted: int = 3) -> tuple[Studio, TellingPlatform]:
    """The platform says so; the recording does not end before it was asked."""
    platform = TellingPlatform(origin)
    platform.is_about, platform.wanted, origin.hold = topic, wanted, True
    return replace(
        studio, platform=platform, ports=replace(studio.ports, platforms={platform.name: platform})
    ), platform


def _topics(studio: Studio) -> list[tuple[str, str]]:
    return [(chapter["title"], chapter["category"]) for chapter in _chapters(studio)]


def _chapters(studio: Studio) -> list[dict[str, Any]]:
    chapters: list[dict[str, Any]] = studio.told["chapters"]
    return chapters


def test_a_change_is_a_chapter_and_the_same_again_is_none(studio: Studio, origin: Origin) -> None:
    telling, _ = _told_by(studio, origin, GAME)

    assert telling.record(pace=CURIOUS) is Ending.OVER

    assert _topics(studio) == [OPENING, (GAME.title, GAME.category)]
    assert [chapter["at"] for chapter in _chapters(studio)] == sorted(chapter["at"] for chapter in _chapters(studio))


def test_the_next_generation_neither_loses_nor_doubles_a_chapter(studio: Studio, origin: Origin) -> None:
    telling, platform = _told_by(studio, origin, GAME)
    origin.on_look = lambda source: studio.stop.set() if source.listed == 8 else None
    telling.record(pace=CURIOUS)
    before = _chapters(studio)
    studio.stop.clear()
    origin.on_look = lambda _: None
    studio.raise_generation()
    platform.wanted, origin.hold = platform.asked + 3, True

    telling.record(generation=2, pace=CURIOUS)

    assert _chapters(studio) == before
    assert _topics(studio) == [OPENING, (GAME.title, GAME.category)]


def test_a_platform_that_does_not_say_leaves_what_is_known(studio: Studio, origin: Origin) -> None:
    telling, platform = _told_by(studio, origin, GAME)
    platform.is_broken = True

    assert telling.record(pace=CURIOUS) is Ending.OVER

    assert platform.asked >= 3
    assert _topics(studio) == [OPENING]


def test_what_its_filters_leave_out_for_long_is_recorded_no_more(studio: Studio, origin: Origin) -> None:
    telling, _ = _told_by(studio, origin, GAME)
    filters = render_filters(Filters(not_titles=("게임",)))
    studio.ports.monitors.update("chzzk:c1", {"filters": filters})

    assert telling.record(pace=replace(CURIOUS, grace_s=0.0)) is Ending.UNWANTED

    assert studio.recording.ended_at
    assert studio.recording.status is RecordingStatus.RECORDING
    assert studio.streamer.recording_id == studio.recording.recording_id
    assert studio.streamer.check_at


def test_what_its_filters_leave_out_no_standby_goes_on_with(studio: Studio, origin: Origin) -> None:
    """It stores for as long as the stream lasts: it would take over, and after the grace time another from it."""
    telling, _ = _told_by(studio, origin, GAME)
    studio.ports.monitors.update("chzzk:c1", {"filters": render_filters(Filters(not_titles=("게임",)))})
    beside: Any = {"recorders": 2, "standby": 4, "standby_until": utc_now() + timedelta(minutes=2)}
    studio.ports.recordings.update(studio.recording.recording_id, beside, {})

    assert telling.record(pace=replace(CURIOUS, grace_s=0.0)) is Ending.UNWANTED

    recording = studio.recording
    assert not has_standby(recording)
    assert not is_held(recording, utc_now())
    assert recording.ended_at


def test_within_the_grace_time_it_is_recorded_on(studio: Studio, origin: Origin) -> None:
    telling, platform = _told_by(studio, origin, GAME)
    studio.ports.monitors.update("chzzk:c1", {"filters": render_filters(Filters(not_titles=("게임",)))})

    assert telling.record(pace=CURIOUS) is Ending.OVER

    assert platform.asked >= 3
