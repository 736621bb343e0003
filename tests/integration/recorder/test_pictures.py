"""A recorder at work leaves pictures; where it cannot, it records all the same."""

import sys
from dataclasses import replace
from pathlib import Path

from mntreamer.domain.pictures.thumbnail_track import parse_track
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.ending.ending import Ending
from tests.integration.recorder.conftest import QUICK, Studio
from tests.integration.recorder.test_record import ALL

PACE = replace(QUICK, finish_pictures_s=60.0)
ALWAYS_CRASHING = (sys.executable, str(Path(__file__).with_name("picturing_child.py")), "--crash-always")


def _pictures(studio: Studio) -> list[str]:
    prefix = studio.recording.prefix
    return [
        key.removeprefix(prefix) for key in studio.ports.store.list_keys(prefix) if key.endswith((".jpg", ".vtt"))
    ]


def test_a_recording_has_its_poster_when_its_recorder_leaves(studio: Studio) -> None:
    assert studio.record(pace=PACE) is Ending.OVER

    assert _pictures(studio) == ["poster.jpg", "thumbnails.vtt", "thumbnails/0001.jpg"]
    assert (studio.recording.has_poster, studio.recording.has_thumbnails) == (True, True)
    track = studio.ports.store.get(studio.recording.prefix + "thumbnails.vtt")
    assert track
    [thumbnail] = parse_track(track.body.decode()).thumbnails
    assert thumbnail.segment == studio.source.segments[0].name
    assert "00:00:00.000 --> 00:01:00.000" in track.body.decode()


def test_pictures_that_all_crash_cost_no_segment(studio: Studio) -> None:
    with Remuxer(ALWAYS_CRASHING) as remuxer:
        studio.workshop = replace(studio.workshop, remuxer=remuxer)
        assert studio.record(pace=PACE) is Ending.OVER

    assert studio.ranges == ALL
    assert studio.breaks == [False] * len(ALL)
    assert studio.recording.lost_segments == 0
    assert not studio.recording.has_poster
    assert _pictures(studio) == ["thumbnails.vtt"]
