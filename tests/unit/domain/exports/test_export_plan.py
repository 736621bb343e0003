import pytest

from mntreamer.domain.errors import SourceError, Unprocessable
from mntreamer.domain.exports.export_plan import Choice, asked_on, chosen, planned
from mntreamer.domain.playlists.source_playlist import Segment, SourcePlaylist
from mntreamer.domain.playlists.timelines import Asked, Line, Timelines
from tests.unit.domain.lines import lines, name, span


def choice(of: Timelines, asked: Asked | None = None) -> Choice:
    return chosen(asked, of.edits, of.source)


def test_all_of_a_recording_without_cuts_is_one_span() -> None:
    assert choice(lines(10)) == Choice((span(0, 9),), 60.0)


@pytest.mark.parametrize("ended", [True, False])
def test_what_is_cut_out_is_left_out_also_while_it_grows(*, ended: bool) -> None:
    assert choice(lines(10, (2, 3), (3, 4), (9, 9), ended=ended)) == Choice((span(0, 1), span(5, 8)), 36.0)


def test_a_range_of_the_published_line_counts_as_people_see_it() -> None:
    assert choice(lines(10, (2, 3)), Asked(6, 18)) == Choice((span(1, 1), span(4, 4)), 12.0)


def test_a_range_of_the_source_line_counts_what_is_cut_out() -> None:
    assert choice(lines(10, (2, 3)), Asked(6, 30, Line.SOURCE)) == Choice((span(1, 1), span(4, 4)), 12.0)


def test_segments_that_start_in_the_range_belong_to_it() -> None:
    assert choice(lines(10), Asked(6.1, 18)) == Choice((span(2, 2),), 6.0)
    assert choice(lines(10), Asked(6, 18.1)) == Choice((span(1, 3),), 18.0)


@pytest.mark.parametrize(
    ("of", "asked"),
    [
        (lines(3, (0, 2)), None),
        (lines(5, (1, 2)), Asked(6, 18, Line.SOURCE)),
        (lines(5), Asked(6.1, 6.2)),
        (lines(5), Asked(6, 6)),
        (lines(5), Asked(31, 40)),
        (lines(5), Asked(0, float("nan"))),
    ],
)
def test_where_nothing_is_left_that_is_said(of: Timelines, asked: Asked | None) -> None:
    with pytest.raises(Unprocessable):
        choice(of, asked)


@pytest.mark.parametrize(
    ("line", "begin_s", "end_s", "meant"),
    [
        (Line.PUBLISHED, None, None, None),
        (Line.PUBLISHED, 6.0, None, Asked(6.0, 48.0)),
        (Line.SOURCE, 6.0, None, Asked(6.0, 60.0, Line.SOURCE)),
        (Line.PUBLISHED, None, 12.0, Asked(0.0, 12.0)),
    ],
)
def test_a_range_may_be_left_open(
    line: Line, begin_s: float | None, end_s: float | None, meant: Asked | None
) -> None:
    of = lines(10, (2, 3))
    assert asked_on(line, begin_s, end_s, of.edits, of.source) == meant


def source(*segments: Segment) -> SourcePlaylist:
    return SourcePlaylist(6, segments, ended=False)


def test_timestamps_go_on_within_a_span_but_where_the_source_breaks() -> None:
    listed = source(*(Segment(name(n), 6.0, discontinuity=n == 3) for n in range(8)))
    plan = planned([span(0, 1), span(3, 5), span(7, 7)], listed)

    assert [(segment.name, segment.goes_on) for segment in plan] == [
        (name(0), False),
        (name(1), True),
        (name(3), False),
        (name(4), True),
        (name(5), True),
        (name(7), False),
    ]


def test_a_segment_that_is_no_longer_listed_is_said() -> None:
    with pytest.raises(SourceError, match="no longer lists"):
        planned([span(0, 1)], source(Segment(name(0), 6.0)))
