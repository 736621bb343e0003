"""A chapter's seconds on the line of the source, and on that of what is played."""

from datetime import timedelta

from mntreamer.domain.monitors.topic import Topic
from mntreamer.domain.playlists.source_playlist import Segment, SourcePlaylist, render_source
from mntreamer.domain.recordings.chapter import Chapter
from mntreamer.domain.refining.edits import Cut, Edits
from mntreamer.domain.refining.placed_chapters import placed_chapters
from tests.contract.records import NOON
from tests.unit.domain.lines import name, span

CHAPTERS = [Chapter(NOON + timedelta(seconds=at_s), Topic(str(at_s), "")) for at_s in (3, 7, 14, 60)]


def _placed(*cuts: tuple[int, int], ended: bool = True) -> list[tuple[float | None, float | None]]:
    """Of a recording of four segments of six seconds."""
    segments = (Segment(name(number), 6.0, NOON + timedelta(seconds=6 * number)) for number in range(4))
    edits = Edits(cuts=tuple(Cut(f"{cut}", span(*cut), NOON) for cut in cuts))
    source = render_source(SourcePlaylist(6, tuple(segments), ended))
    return [(_s(placed.source_us), _s(placed.published_us)) for placed in placed_chapters(CHAPTERS, source, edits)]


def _s(amount_us: int | None) -> float | None:
    return None if amount_us is None else amount_us / 1_000_000


def test_the_first_is_the_begin_and_what_is_not_recorded_is_nowhere() -> None:
    assert _placed() == [(0, 0), (7, 7), (14, 14), (None, None)]


def test_what_is_cut_out_before_it_takes_no_time() -> None:
    assert _placed((0, 0)) == [(0, 0), (7, 1), (14, 8), (None, None)]


def test_one_that_is_cut_out_is_not_played_and_half_of_one_begins_behind_the_cut() -> None:
    assert _placed((0, 1)) == [(0, None), (7, 0), (14, 2), (None, None)]
    assert _placed((0, 2)) == [(0, None), (7, None), (14, 0), (None, None)]
    assert _placed((1, 2)) == [(0, 0), (7, None), (14, 6), (None, None)]


def test_while_it_grows_what_is_cut_out_keeps_its_time() -> None:
    assert _placed((1, 1), ended=False) == [(0, 0), (7, 12), (14, 14), (None, None)]
    assert _placed((1, 2), ended=False) == [(0, 0), (7, None), (14, 18), (None, None)]
