"""A recording that is as long as one may be goes on in a next part."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mntreamer.clock import utc_now
from mntreamer.domain.recording import Recording, RecordingStatus
from mntreamer.domain.source_playlist import parse_source
from mntreamer.recorder.ending import Ending
from tests.integration.recorder.conftest import Studio
from tests.integration.recorder.origin import Origin

DAY = timedelta(hours=24)
NEXT = "chzzk:c1:1001.2"


@pytest.fixture
def studio(studio: Studio, origin: Origin) -> Studio:
    """Its clock leaps by a day as the source lists its eighth segment."""

    def clock() -> datetime:
        return utc_now() + (DAY if origin.listed >= 8 else timedelta(0))

    return replace(studio, ports=replace(studio.ports, clock=clock))


def _ranges(studio: Studio, recording: Recording) -> list[tuple[int, int]]:
    stored = studio.ports.store.get(recording.prefix + "source.m3u8")
    assert stored
    return [(segment.name.first, segment.name.last) for segment in parse_source(stored.body.decode()).segments]


def test_the_stream_goes_on_in_the_next_part_without_a_hole(studio: Studio) -> None:
    assert studio.record() is Ending.OVER

    first, following = studio.recording, studio.ports.recordings.get(NEXT)
    assert following
    assert (first.status, first.is_full, following.part) == (RecordingStatus.IDLE, True, 2)
    assert studio.source.ended
    assert studio.streamer.recording_id == NEXT
    assert following.detection_delay_s is None
    held = {n for recording in (first, following) for a, b in _ranges(studio, recording) for n in range(a, b + 1)}
    assert held == set(range(9, 23))


def test_one_who_is_paused_has_no_next_part(studio: Studio) -> None:
    studio.ports.monitors.update("chzzk:c1", {"paused": True})

    assert studio.record() is Ending.FULL

    assert studio.ports.recordings.get(NEXT) is None
    assert (studio.streamer.recording_id, studio.streamer.check_at) == (None, None)
