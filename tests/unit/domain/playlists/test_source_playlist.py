"""The source playlist's text, the order of what it lists, and what is published of it."""

from datetime import UTC, datetime

import m3u8
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mntreamer.domain.errors import SourceError
from mntreamer.domain.playlists.published_playlist import render_published
from mntreamer.domain.playlists.source_playlist import (
    Segment,
    SegmentName,
    SourcePlaylist,
    parse_segment_name,
    parse_source,
    render_source,
)
from mntreamer.domain.refining.edits import Edits

AT = datetime(2026, 11, 22, 12, 0, 0, 123000, tzinfo=UTC)
FIRST = Segment(SegmentName(0, 5001, 5003), 6.0, AT)
SECOND = Segment(SegmentName(0, 5004, 5006), 6.006, None, discontinuity=True)

segments = st.builds(
    Segment,
    st.builds(SegmentName, st.integers(0, 99), st.integers(0, 10**9), st.integers(0, 10**9)),
    st.integers(1, 60_000_000).map(lambda us: us / 1_000_000),
    st.none()
    | st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1)).map(  # noqa: DTZ001 -- aware by timezones
        lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    ),
    st.booleans(),
)


@given(st.lists(segments), st.integers(1, 60), st.booleans())
def test_what_is_written_is_read_back(listed: list[Segment], target_duration_s: int, ended: bool) -> None:  # noqa: FBT001
    playlist = SourcePlaylist(target_duration_s, tuple(listed), ended)

    assert parse_source(render_source(playlist)) == playlist


def test_the_text_is_what_other_readers_read() -> None:
    text = render_published(render_source(SourcePlaylist(6, (FIRST, SECOND), ended=True)), Edits())
    read = m3u8.loads(text)

    assert read.is_endlist
    assert read.playlist_type == "vod"
    assert read.target_duration == 6
    assert [segment.uri for segment in read.segments] == [
        "segments/000-0000005001-0000005003.ts",
        "segments/000-0000005004-0000005006.ts",
    ]
    assert [segment.duration for segment in read.segments] == [6.0, 6.006]
    assert read.segments[0].program_date_time == AT
    assert [segment.discontinuity for segment in read.segments] == [False, True]


def test_while_it_grows_it_is_an_event_without_an_end() -> None:
    read = m3u8.loads(render_published(render_source(SourcePlaylist(6, (FIRST,))), Edits()))

    assert read.playlist_type == "event"
    assert not read.is_endlist


@pytest.mark.parametrize("text", ["", "<html>", "#EXTM3U\n", "#EXTM3U\n#EXT-X-TARGETDURATION:6\nsegments/x.ts\n"])
def test_a_damaged_text_is_an_error_of_the_family(text: str) -> None:
    with pytest.raises(SourceError):
        parse_source(text)


@pytest.mark.parametrize(
    "name",
    ["a.ts", "000-1-2.ts.exe", "000-1-2.ts\n", "-1-2-3.ts", "000-1-2.m4s", f"{'9' * 5000}-1-2.ts", "000-\u0660-1.ts"],
)
def test_only_our_own_names_are_names(name: str) -> None:
    with pytest.raises(SourceError):
        parse_segment_name(name)


def test_a_name_is_read_from_the_end_of_a_path() -> None:
    assert parse_segment_name("media/x/segments/000-0000000001-0000000002.ts") == SegmentName(0, 1, 2)
