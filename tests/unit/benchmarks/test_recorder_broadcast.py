from datetime import UTC, datetime

import m3u8
import pytest

from benchmarks.recorder.broadcast import WINDOW, Broadcast
from mntreamer.domain.segments.window import Window
from mntreamer.recorder.source.upstream import read_window

ORIGIN_S = 1_800_000_000.0
ON_AIR = Broadcast(ORIGIN_S, 2)


def seen_at(now_s: float) -> Window:
    window = read_window(m3u8.loads(ON_AIR.playlist_at(now_s), uri="https://127.0.0.1/0/media.m3u8"))
    assert window
    return window


def test_a_recorder_reads_a_full_window_of_fragments() -> None:
    window = seen_at(ON_AIR.listed_at_s(100))
    assert [segment.sequence for segment in window.segments] == list(range(86, 101))
    assert len(window.segments) == WINDOW
    assert {segment.init_url for segment in window.segments} == {"https://127.0.0.1/0/init.mp4"}
    assert (window.target_duration_s, window.ended) == (2, False)


@pytest.mark.parametrize(("after_s", "newest"), [(0, 100), (1.999, 100), (2, 101)])
def test_a_segment_is_listed_when_it_is_complete(after_s: float, newest: int) -> None:
    assert seen_at(ON_AIR.listed_at_s(100) + after_s).last == newest


def test_a_segment_is_dated_by_its_begin() -> None:
    newest = seen_at(ON_AIR.listed_at_s(100)).segments[-1]
    assert newest.program_date_time == datetime.fromtimestamp(ORIGIN_S + 198, UTC)
    assert newest.duration_s == 2


def test_the_window_begins_with_the_broadcast() -> None:
    assert list(ON_AIR.window_at(ON_AIR.listed_at_s(2))) == [0, 1, 2]
