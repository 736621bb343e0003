import pytest
from hypothesis import given
from hypothesis import strategies as st

from mntreamer.domain.errors import SourceError
from mntreamer.domain.pictures.poster import Poster
from mntreamer.domain.pictures.storyboard import Storyboard
from mntreamer.domain.pictures.thumbnail_track import parse_track, render_track
from mntreamer.domain.playlists.source_playlist import SegmentName

MINUTE_US = 60_000_000


def _name(number: int) -> SegmentName:
    return SegmentName(0, number, number)


def _board(count: int, poster: Poster | None = None) -> Storyboard:
    board = Storyboard(poster)
    for number in range(count):
        board = board.with_picture(_name(number), 160, 90)
    return board


def _begins(count: int) -> dict[SegmentName, int]:
    return {_name(number): number * MINUTE_US for number in range(count)}


def test_each_picture_stands_until_the_next_and_the_last_for_a_minute() -> None:
    text = render_track(_board(26), _begins(26))

    assert text.startswith(
        "WEBVTT\n\n"
        "000-0000000000-0000000000.ts\n00:00:00.000 --> 00:01:00.000\nthumbnails/0001.jpg?25#xywh=0,0,160,90\n\n"
        "000-0000000001-0000000001.ts\n00:01:00.000 --> 00:02:00.000\nthumbnails/0001.jpg?25#xywh=160,0,160,90\n\n"
    )
    assert text.endswith(
        "000-0000000025-0000000025.ts\n00:25:00.000 --> 00:26:00.000\nthumbnails/0002.jpg?1#xywh=0,0,160,90\n"
    )


def test_no_picture_stands_for_what_lost_its_own() -> None:
    text = render_track(_board(3), {_name(0): 0, _name(1): 25 * MINUTE_US, _name(2): 27 * MINUTE_US})

    assert [line for line in text.splitlines() if "-->" in line] == [
        "00:00:00.000 --> 00:02:00.000",
        "00:25:00.000 --> 00:27:00.000",
        "00:27:00.000 --> 00:28:00.000",
    ]


def test_hours_go_on_beyond_a_day() -> None:
    assert "\n25:00:00.000 --> 25:01:00.000\n" in render_track(_board(1), {_name(0): 1500 * MINUTE_US})


def test_cues_are_in_the_order_of_the_source_in_whichever_order_they_were_taken() -> None:
    begins = {_name(0): 2 * MINUTE_US, _name(1): 0, _name(2): MINUTE_US}

    text = render_track(_board(3), begins)

    shown = [line for line in text.splitlines() if line.endswith(".ts")]
    assert shown == [_name(number).file for number in (1, 2, 0)]


def test_what_the_source_does_not_list_is_not_shown() -> None:
    text = render_track(_board(3), {_name(0): 0, _name(2): MINUTE_US})

    assert [thumbnail.segment for thumbnail in parse_track(text).thumbnails] == [_name(0), _name(2)]
    assert text.count("?3#") == 2


boards = st.builds(
    lambda count, poster, without: Storyboard(
        poster, _board(count).thumbnails, tuple(_name(1000 + number) for number in without)
    ),
    st.integers(0, 60),
    st.none() | st.builds(Poster, st.integers(0, 60).map(_name), st.booleans()),
    st.lists(st.integers(0, 9), unique=True),
)


@given(boards)
def test_what_was_written_is_read_again(board: Storyboard) -> None:
    assert parse_track(render_track(board, _begins(60))) == board


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "<html>",
        "WEBVTT",
        "WEBVTT\n\nsomebody's\n00:00:00.000 --> 00:00:01.000\nwords\n",
        render_track(_board(2), _begins(2))[:-20],
    ],
)
def test_what_cannot_have_been_written_is_refused(damaged: str) -> None:
    with pytest.raises(SourceError, match="segments are untouched"):
        parse_track(damaged)
