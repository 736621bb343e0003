from dataclasses import replace

import pytest

from mntreamer.domain.errors import NotFound, Unprocessable
from mntreamer.domain.playlists.timelines import Line
from mntreamer.domain.refining.bounded import MOST
from mntreamer.domain.refining.edits import Edits, Marker
from mntreamer.domain.refining.marking import placed_markers, with_marker, without_marker
from mntreamer.domain.refining.moment import Moment, PlacedMoment, moment_at
from tests.contract.records import NOON
from tests.unit.domain.lines import lines, name

US = 1_000_000


def _marker(marker_id: str, position: int, offset_us: int = 0) -> Marker:
    return Marker(marker_id, name(position), offset_us, "label", NOON)


@pytest.mark.parametrize(
    ("at_s", "line", "moment"),
    [
        (0, Line.PUBLISHED, Moment(0, 0)),
        (11.999999, Line.PUBLISHED, Moment(1, 5_999_999)),
        (12, Line.PUBLISHED, Moment(5, 0)),
        (13.5, Line.PUBLISHED, Moment(5, 1_500_000)),
        (13.5, Line.SOURCE, Moment(2, 1_500_000)),
        (59.999, Line.SOURCE, Moment(9, 5_999_000)),
    ],
)
def test_a_moment_is_held_by_its_segment(at_s: float, line: Line, moment: Moment) -> None:
    assert moment_at(at_s, line, lines(10, (2, 4))) == moment


@pytest.mark.parametrize(
    ("at_s", "line"),
    [
        (-0.001, Line.SOURCE),
        (60, Line.SOURCE),
        (59.9999999, Line.SOURCE),  # which is 60 s in whole microseconds
        (42, Line.PUBLISHED),
        (float("nan"), Line.SOURCE),
        (float("inf"), Line.SOURCE),
    ],
)
def test_what_is_not_on_the_line_is_no_moment_of_it(at_s: float, line: Line) -> None:
    with pytest.raises(Unprocessable, match="timeline, which is"):
        moment_at(at_s, line, lines(10, (2, 4)))


def test_markers_stay_where_they_are_whatever_is_cut_before_them() -> None:
    markers = (_marker("behind", 6, 250_000), _marker("hidden", 3, 1), _marker("before", 1))
    timelines = lines(10, (2, 4))
    placed = placed_markers(replace(timelines, edits=replace(timelines.edits, markers=markers)))
    assert [(marker.marker.marker_id, marker.at) for marker in placed] == [
        ("before", PlacedMoment(6 * US, 6 * US)),
        ("hidden", PlacedMoment(18 * US + 1, None)),
        ("behind", PlacedMoment(36 * US + 250_000, 18 * US + 250_000)),
    ]


def test_while_it_grows_both_lines_are_one() -> None:
    timelines = lines(10, (2, 4), ended=False)
    [placed] = placed_markers(replace(timelines, edits=replace(timelines.edits, markers=(_marker("m", 3),))))
    assert placed.at == PlacedMoment(18 * US, 18 * US)


def test_a_marker_whose_segment_is_not_listed_is_nowhere() -> None:
    [placed] = placed_markers(replace(lines(3), edits=Edits(markers=(_marker("m", 5),))))
    assert placed.at is None


def test_markers_come_and_go() -> None:
    both = with_marker(with_marker(Edits(), _marker("1", 0)), _marker("2", 0))
    assert without_marker(both, "1").markers == (_marker("2", 0),)
    with pytest.raises(NotFound):
        without_marker(both, "3")


def test_there_is_a_bound_on_markers() -> None:
    full = Edits(markers=tuple(_marker(str(number), 0) for number in range(MOST)))
    with pytest.raises(Unprocessable, match="1000"):
        with_marker(full, _marker("one more", 0))
