from dataclasses import replace

import pytest

from mntreamer.domain.errors import NotFound, Unprocessable
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.playlists.timelines import Asked, Line, Range, Timelines
from mntreamer.domain.refining.bounded import MOST
from mntreamer.domain.refining.clipping import clip_span, placed_clips, with_clip, without_clip
from mntreamer.domain.refining.edits import Clip, Edits, Span
from tests.contract.records import NOON
from tests.unit.domain.lines import lines, span

US = 1_000_000


def _asked(begin_s: float, end_s: float, line: Line = Line.PUBLISHED) -> Asked:
    return Asked(begin_s, end_s, line)


def _clip(clip_id: str, of: Span) -> Clip:
    return Clip(clip_id, "title", of, NOON)


def _with(timelines: Timelines, *clips: Clip) -> Timelines:
    return replace(timelines, edits=replace(timelines.edits, clips=clips))


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        (_asked(0, 6), span(0, 0)),
        (_asked(0, 60), span(0, 9)),
        (_asked(12, 24), span(2, 3)),
        (_asked(13, 17), span(2, 2)),  # no segment starts in it, and one holds it
        (_asked(13, 18.1), span(2, 3)),
        (_asked(54.5, 60.3), span(9, 9)),  # as far behind the end as a player may be
    ],
)
def test_a_clip_holds_all_that_is_asked_for_and_no_more_segments(asked: Asked, held: Span) -> None:
    assert clip_span(asked, lines(10)) == held


@pytest.mark.parametrize("ended", [True, False])
def test_on_the_source_s_line_what_is_cut_keeps_its_time(*, ended: bool) -> None:
    timelines = lines(10, (2, 4), ended=ended)
    assert clip_span(_asked(6, 36, Line.SOURCE), timelines) == span(1, 5)
    assert clip_span(_asked(12, 36, Line.SOURCE), timelines) == span(5, 5)


def test_on_the_published_line_it_is_what_the_player_shows() -> None:
    assert clip_span(_asked(6, 18), lines(10, (2, 4))) == span(1, 5)
    assert clip_span(_asked(13, 18), lines(10, (2, 4))) == span(5, 5)
    assert clip_span(_asked(6, 12), lines(10, (2, 4), ended=False)) == span(1, 1)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (_asked(12, 30, Line.SOURCE), "cut out"),
        (_asked(42, 48), "beyond the end"),
        (_asked(6, 6), "before end"),
        (_asked(12, 6), "before end"),
        (_asked(-1, 6), "before the recording's begin"),
        (_asked(float("nan"), 6), "finite"),
        (_asked(0, float("inf")), "finite"),
    ],
)
def test_of_what_cannot_be_there_is_no_clip(asked: Asked, reason: str) -> None:
    with pytest.raises(Unprocessable, match=reason):
        clip_span(asked, lines(10, (2, 4)))


def test_clips_lie_on_both_lines_in_the_source_s_order() -> None:
    timelines = _with(lines(10, (2, 4)), _clip("late", span(5, 6)), _clip("around", span(1, 5)))
    around, late = placed_clips(timelines)
    assert (around.clip.clip_id, late.clip.clip_id) == ("around", "late")
    assert around.range
    assert (around.range.source, around.range.published) == (Range(6 * US, 36 * US), Range(6 * US, 18 * US))
    assert (around.played_us, late.played_us) == (12 * US, 12 * US)


def test_while_it_grows_a_clip_plays_without_what_is_cut_though_both_lines_are_one() -> None:
    [around] = placed_clips(_with(lines(10, (2, 4), ended=False), _clip("around", span(1, 5))))
    assert around.range
    assert around.range.source == around.range.published == Range(6 * US, 36 * US)
    assert around.played_us == 12 * US


def test_a_clip_that_was_cut_out_afterwards_plays_nothing() -> None:
    [clip] = placed_clips(_with(lines(10, (2, 4)), _clip("c", span(3, 4))))
    assert clip.range
    assert clip.range.published == Range(12 * US, 12 * US)
    assert clip.played_us == 0


def test_a_clip_whose_segments_are_not_listed_is_nowhere() -> None:
    [clip] = placed_clips(_with(lines(10), _clip("c", span(8, 12))))
    assert (clip.range, clip.played_us) == (None, 0)


def test_clips_come_and_go() -> None:
    one, other = _clip("1", span(0, 1)), _clip("2", span(0, 1))
    both = with_clip(with_clip(Edits(), one), other)
    assert both.clips == (one, other)
    assert without_clip(both, "1").clips == (other,)
    with pytest.raises(NotFound):
        without_clip(both, "3")


def test_there_is_a_bound_on_clips() -> None:
    full = Edits(clips=tuple(_clip(str(number), span(0, 1)) for number in range(MOST)))
    with pytest.raises(Unprocessable, match="1000"):
        with_clip(full, _clip("one more", span(0, 1)))


@pytest.mark.parametrize(
    ("name", "is_held"),
    [
        (SegmentName(0, 9, 11), True),
        (SegmentName(0, 12, 14), True),
        (SegmentName(1, 0, 2), True),
        (SegmentName(1, 3, 5), True),
        (SegmentName(0, 6, 8), False),
        (SegmentName(0, 8, 11), False),  # holds one source segment more, at either end
        (SegmentName(1, 3, 6), False),
        (SegmentName(1, 6, 8), False),
        (SegmentName(2, 3, 5), False),
    ],
)
def test_a_clip_holds_the_segments_that_lie_within_it(name: SegmentName, *, is_held: bool) -> None:
    assert Span(SegmentName(0, 9, 11), SegmentName(1, 3, 5)).holds(name) is is_held
