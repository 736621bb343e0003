"""Renditions are picked by what they are; windows carry what the source says of its segments."""

from datetime import UTC, datetime
from pathlib import Path

import m3u8
import pytest

from mntreamer.domain.errors import NotPlayable
from mntreamer.recorder.feed import expires_at_s
from mntreamer.recorder.upstream import pick_rendition, read_window

SAMPLES = Path(__file__).parents[2] / "samples"
BASE = "https://media.example/live/master.m3u8?token=t"


def _master() -> m3u8.M3U8:
    return m3u8.loads((SAMPLES / "chzzk_master_hls.m3u8").read_text(), uri=BASE)


@pytest.mark.parametrize(
    ("max_height", "height"),
    [(None, "1080p"), (1080, "1080p"), (1079, "720p"), (720, "720p"), (400, "360p"), (90, "144p")],
)
def test_the_best_picture_within_the_height_is_picked_wherever_it_stands(max_height: int | None, height: str) -> None:
    assert f"/live/{height}/" in pick_rendition(_master(), max_height)


def test_sound_alone_is_picked_only_where_there_is_no_picture() -> None:
    text = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=999999999\naudio.m3u8\n"
    picture = "#EXT-X-STREAM-INF:BANDWIDTH=1000,RESOLUTION=256x144\nvideo.m3u8\n"

    assert pick_rendition(m3u8.loads(text + picture, uri=BASE), None).endswith("video.m3u8")
    assert pick_rendition(m3u8.loads(text, uri=BASE), None).endswith("audio.m3u8")


def test_a_window_has_sequences_dates_and_the_initialisation_section() -> None:
    window = read_window(m3u8.loads((SAMPLES / "chzzk_chunklist_hls.m3u8").read_text(), uri=BASE))

    assert window is not None
    assert (window.first, window.last, window.target_duration_s) == (5001, 5015, 2.0)
    assert window.segments[1].program_date_time == datetime(2026, 9, 27, 9, 0, 2, tzinfo=UTC)
    assert window.segments[1].url == "https://media.example/live/1080p_5002_55000001.m4v"
    assert window.segments[1].init_url == "https://media.example/live/1080p_0_0_0.m4s"


def test_dates_that_the_source_gives_once_count_on() -> None:
    head = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PROGRAM-DATE-TIME:2026-11-22T12:00:00Z\n"
    window = read_window(m3u8.loads(head + "#EXTINF:2,\n1\n#EXTINF:2,\n2\n", uri=BASE))

    assert window is not None
    assert window.segments[1].program_date_time == datetime(2026, 11, 22, 12, 0, 2, tzinfo=UTC)


def test_the_sources_discontinuity_and_end_are_carried() -> None:
    text = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n1\n#EXT-X-DISCONTINUITY\n#EXTINF:2,\n2\n#EXT-X-ENDLIST\n"
    window = read_window(m3u8.loads(text, uri=BASE))

    assert window is not None
    assert [segment.discontinuity for segment in window.segments] == [False, True]
    assert window.ended


def test_an_encrypted_stream_is_refused() -> None:
    text = '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF:2,\n1\n'
    with pytest.raises(NotPlayable, match="encrypted"):
        read_window(m3u8.loads(text, uri=BASE))


def test_a_playlist_without_segments_lists_nothing_yet() -> None:
    assert read_window(m3u8.loads("#EXTM3U\n#EXT-X-TARGETDURATION:2\n", uri=BASE)) is None


def test_a_signed_url_says_when_it_expires_in_its_query_or_its_path() -> None:
    assert expires_at_s("https://m.example/x?hdnts=st=1790525075~exp=1790586285~acl=*~hmac=0") == 1790586285
    assert expires_at_s("https://m.example/1080p/hdntl=exp=1790586297~acl=*%2fa/x.m3u8") == 1790586297
    assert expires_at_s("https://m.example/x.m3u8") is None
