"""What is on the source ends in the playlist: all of it, once, in order, whatever fails on the way."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import pytest

from mntreamer.domain.monitors.streamer import StreamerStatus
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.media.remux import remux
from mntreamer.usecases.recordings.close_recording import close_recording
from simulated_channel.encoder import SEGMENT_FRAMES
from tests.integration.loopback_server import HANG_UP, Reply
from tests.integration.recorder.conftest import QUICK, SEGMENTS, Studio
from tests.integration.recorder.origin import BUSY, GONE, Media, Origin

# Sequences 9 to 22, in bundles of three that begin at multiples of three.
ALL = [(0, 9, 11), (0, 12, 14), (0, 15, 17), (0, 18, 20), (0, 21, 22)]


def test_everything_from_the_first_listed_segment_on_is_kept(studio: Studio, tmp_path: Path) -> None:
    assert studio.record() is Ending.OVER

    assert studio.ranges == ALL
    assert studio.breaks == [False] * 5
    close_recording(studio.ports, studio.recording)
    index = tmp_path / studio.recording.prefix / "index.m3u8"
    assert _decoded_frames(index) == SEGMENTS * SEGMENT_FRAMES


def test_a_stored_segment_is_a_pure_function_of_its_source(studio: Studio, media: Media) -> None:
    studio.record()

    for index, (_, first, last) in enumerate(ALL):
        key = f"{studio.recording.prefix}segments/{studio.source.segments[index].name.file}"
        stored = studio.ports.store.get(key)
        assert stored
        assert stored.body == remux(media.init, media.bodies[first - 9 : last - 8]).body


def test_the_sources_clock_and_durations_are_kept(studio: Studio) -> None:
    studio.record()

    dates = [segment.program_date_time for segment in studio.source.segments]
    assert all(a and b and (b - a).total_seconds() == 6.0 for a, b in pairwise(dates))
    assert studio.source.duration_s == pytest.approx(SEGMENTS * 2.0, abs=0.1)


def test_each_entry_lasts_until_the_next_ones_first_picture(studio: Studio, tmp_path: Path) -> None:
    """Players add durations up: where a sum is less than the media's time, they cannot seek to the start."""
    studio.record()

    folder = tmp_path / studio.recording.prefix / "segments"
    starts = [_first_picture_s(folder / segment.name.file) for segment in studio.source.segments]
    for (begin_s, next_s), segment in zip(pairwise(starts), studio.source.segments, strict=False):
        assert segment.duration_s == pytest.approx(next_s - begin_s, abs=20e-6)


def test_the_row_counts_what_was_kept_and_the_streamer_waits_to_see_whether_it_comes_back(studio: Studio) -> None:
    studio.record()

    recording = studio.recording
    assert (recording.segments, recording.lost_segments) == (5, 0)
    assert recording.duration_s == pytest.approx(28.0, abs=0.1)
    assert recording.size_bytes > 100_000
    assert recording.first_segment_at
    assert recording.fruitless_launches == 0
    assert recording.ended_at
    assert not studio.streamer.is_streaming


def test_a_streamer_counts_as_recording_only_once_segments_are_stored(studio: Studio, origin: Origin) -> None:
    seen: list[StreamerStatus] = []
    origin.on_look = lambda _: seen.append(studio.streamer.status)
    assert studio.streamer.status is StreamerStatus.IDLE

    studio.record()

    assert seen[0] is StreamerStatus.IDLE
    assert StreamerStatus.RECORDING in seen


def test_the_first_stored_segment_is_told_at_once_however_rarely_a_lease_is_renewed(
    studio: Studio, origin: Origin
) -> None:
    def hold_until_told(source: Origin) -> None:
        told = studio.recording.first_segment_at and studio.streamer.status is StreamerStatus.RECORDING
        source.hold = source.listed == 8 and not told

    origin.on_look = hold_until_told

    # Stale at once, so that the platform's word comes before the first segment does.
    assert studio.record(pace=replace(QUICK, renew_every_s=3600.0, stale_s=0.0)) is Ending.OVER


@pytest.mark.parametrize(
    "faults",
    [
        [BUSY, BUSY, BUSY],
        [GONE, GONE],
        [HANG_UP],
        [Reply(b"")],
        [Reply(b"<html>sorry</html>")],
    ],
    ids=["503", "404", "reset", "empty", "html"],
)
def test_a_segment_that_fails_at_first_is_not_lost(studio: Studio, origin: Origin, faults: list[Reply]) -> None:
    origin.faults["4.m4v"] = faults

    studio.record()

    assert studio.ranges == ALL
    assert studio.breaks == [False] * 5
    assert origin.requests["4.m4v"] > len(faults)


def test_a_segment_that_never_comes_costs_itself_alone_and_leaves_a_discontinuity(
    studio: Studio, origin: Origin
) -> None:
    origin.faults["4.m4v"] = [GONE] * 10_000

    studio.record()

    assert studio.ranges == [(0, 9, 11), (0, 12, 12), (0, 14, 14), *ALL[2:]]
    assert studio.breaks == [False, False, True, False, False, False]
    assert studio.recording.lost_segments == 1


@pytest.mark.parametrize("fault", [BUSY, GONE, HANG_UP, Reply(b"<html>"), Reply(b"")])
def test_a_playlist_that_fails_for_a_while_costs_nothing(studio: Studio, origin: Origin, fault: Reply) -> None:
    origin.faults["media.m3u8"] = [fault] * 3

    studio.record()

    assert studio.ranges == ALL


def test_a_url_that_expires_is_resolved_anew(studio: Studio, origin: Origin) -> None:
    def expire_once(source: Origin) -> None:
        if source.listed == 6:
            source.oldest_valid_token = 2

    origin.on_look = expire_once

    studio.record()

    assert studio.ranges == ALL
    assert origin.token >= 2


def test_the_sources_discontinuity_is_carried(studio: Studio, origin: Origin) -> None:
    origin.tags[4] = "#EXT-X-DISCONTINUITY"

    studio.record()

    assert studio.ranges == [(0, 9, 11), (0, 12, 12), (0, 13, 14), *ALL[2:]]
    assert studio.breaks == [False, False, True, False, False, False]


def test_one_offline_while_the_source_moves_ends_nothing(studio: Studio, origin: Origin) -> None:
    origin.ends_with_endlist = False
    origin.on_look = lambda source: setattr(source, "over", source.listed in {5, 6})

    studio.record()

    assert studio.ranges == ALL


def test_without_an_endlist_the_platform_is_asked_twice(studio: Studio, origin: Origin) -> None:
    origin.ends_with_endlist = False

    assert studio.record() is Ending.OVER
    assert studio.platform.probes >= 2


def test_each_segment_is_fetched_once(studio: Studio, origin: Origin) -> None:
    studio.record()

    fetched = Counter({name: n for name, n in origin.requests.items() if name.endswith(".m4v")})
    assert set(fetched.values()) == {1}
    assert len(fetched) == SEGMENTS


def _decoded_frames(playlist: Path) -> int:
    with av.open(str(playlist), options={"allowed_extensions": "ALL"}) as container:
        return sum(1 for _ in container.decode(video=0))


def _first_picture_s(path: Path) -> float:
    with av.open(str(path)) as container:
        [track] = container.streams.video
        return min(float(p.pts * p.time_base) for p in container.demux(track) if p.pts is not None)
