"""A recording that is as long as one may be goes on in a next part."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mntreamer.clock import utc_now
from mntreamer.domain.playlists.source_playlist import parse_source
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.recorder.ending.ending import Ending
from tests.integration.recorder.conftest import SEGMENTS, Studio
from tests.integration.recorder.origin import Origin
from tests.integration.recorder.test_bookkeeping import Hanging, _answering_near_the_end, _on_store

DAY = timedelta(hours=24)
NEXT = "chzzk:c1:1001.2"


@pytest.fixture
def studio(studio: Studio, origin: Origin) -> Studio:
    """Its clock leaps by a day as the source lists its eighth segment."""

    def clock() -> datetime:
        return utc_now() + (DAY if origin.listed >= 8 else timedelta(0))

    return replace(studio, ports=replace(studio.ports, clock=clock))


def _held(studio: Studio, recording: Recording) -> set[int]:
    """The media sequences that its playlist lists."""
    stored = studio.ports.store.get(recording.prefix + "source.m3u8")
    assert stored
    names = [segment.name for segment in parse_source(stored.body.decode()).segments]
    return {sequence for name in names for sequence in range(name.first, name.last + 1)}


def test_the_stream_goes_on_in_the_next_part_without_a_hole(studio: Studio) -> None:
    assert studio.record() is Ending.OVER

    first, following = studio.recording, studio.ports.recordings.get(NEXT)
    assert following
    assert (first.status, first.is_full, following.part) == (RecordingStatus.IDLE, True, 2)
    assert studio.source.ended
    assert studio.streamer.recording_id == NEXT
    assert following.detection_delay_s is None
    assert _held(studio, first) | _held(studio, following) == set(range(9, 23))


@pytest.mark.parametrize("word", ["segments/", "source.m3u8"])
def test_while_the_store_hangs_the_source_is_not_left_for_a_next_part(
    studio: Studio, origin: Origin, word: str
) -> None:
    hang = Hanging()
    origin.on_look = _held_until_the_next_part(studio, hang)

    assert _on_store(studio, word, hang).record() is Ending.OVER

    following = studio.ports.recordings.get(NEXT)
    assert following
    before = _held(studio, studio.recording)
    assert before >= set(range(9, 22))
    assert before | _held(studio, following) == set(range(9, 23))


def _held_until_the_next_part(studio: Studio, hang: Hanging) -> Callable[[Origin], None]:
    answer = _answering_near_the_end(hang)

    def look(source: Origin) -> None:
        answer(source)
        is_last = source.listed == SEGMENTS - 1 and studio.ports.recordings.get(NEXT) is None
        source.hold = source.hold or is_last

    return look


def test_one_who_is_paused_has_no_next_part(studio: Studio) -> None:
    studio.ports.monitors.update("chzzk:c1", {"paused": True})

    assert studio.record() is Ending.FULL

    assert studio.ports.recordings.get(NEXT) is None
    assert (studio.streamer.recording_id, studio.streamer.check_at) == (None, None)
