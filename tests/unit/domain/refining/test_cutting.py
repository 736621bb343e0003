"""What a cut removes, how it is refused, and that it is asked for once."""

from math import inf, nan
from time import process_time

import pytest

from mntreamer.domain.errors import NotFound, Unprocessable, WrongState
from mntreamer.domain.playlists.timeline import read_timeline
from mntreamer.domain.playlists.timelines import Asked, Line, OnBoth, Range
from mntreamer.domain.refining.cutting import MOST_CUTS, Removal, cut_out, placed_cuts, span_of
from mntreamer.domain.refining.edits import Cut, Edits, Span
from mntreamer.domain.refining.idempotency import answer_before, one_request, with_answer
from tests.contract.records import NOON
from tests.unit.domain.plain_recording import PlainRecording

S = 1_000_000


def recorded(*lengths_s: float, ended: bool = True) -> PlainRecording:
    plain = PlainRecording(ended=ended)
    for length_s in lengths_s:
        plain.grow(round(length_s * S), is_discontinuous=False, is_dated=False)
    return plain


TEN_MINUTES = recorded(*[6.0] * 100)
GROWING = recorded(*[6.0] * 100, ended=False)


def cut(
    begin_s: float,
    end_s: float,
    line: Line = Line.PUBLISHED,
    edits: Edits = Edits(),  # noqa: B008 -- it cannot be changed
    plain: PlainRecording = TEN_MINUTES,
) -> tuple[Edits, Removal]:
    timeline = read_timeline(plain.source)
    made = Cut(f"cut {len(edits.cuts)}", span_of(Asked(begin_s, end_s, line), edits, timeline), NOON)
    return cut_out(made, edits, timeline)


def ranges(edits: Edits, plain: PlainRecording = TEN_MINUTES) -> list[OnBoth | None]:
    return [placed.range for placed in placed_cuts(edits, read_timeline(plain.source))]


class TestACut:
    def test_removes_what_starts_in_it_and_tells_the_range_that_this_is(self) -> None:
        edits, removal = cut(20, 40)

        assert removal.range == OnBoth(Range(24 * S, 42 * S), Range(24 * S, 42 * S))
        assert (removal.segments, removal.removed_us, removal.duration_us) == (3, 18 * S, 582 * S)
        assert ranges(edits) == [OnBoth(Range(24 * S, 42 * S), Range(24 * S, 24 * S))]

    def test_of_a_growing_recording_keeps_its_time(self) -> None:
        edits, removal = cut(20, 40, plain=GROWING)

        assert removal.duration_us == 600 * S
        assert ranges(edits, GROWING) == [OnBoth(Range(24 * S, 42 * S), Range(24 * S, 42 * S))]

    def test_on_the_published_timeline_counts_without_what_was_cut_before(self) -> None:
        first, _ = cut(0, 60)
        _, removal = cut(0, 60, edits=first)

        assert removal.range == OnBoth(Range(60 * S, 120 * S), Range(0, 60 * S))

    def test_over_another_removes_the_rest(self) -> None:
        inner, _ = cut(30, 60)
        outer, removal = cut(0, 90, Line.SOURCE, inner)

        assert removal.range == OnBoth(Range(0, 90 * S), Range(0, 60 * S))
        assert (removal.segments, removal.removed_us, removal.duration_us) == (10, 60 * S, 510 * S)
        assert ranges(outer.without_cut("cut 0")) == [OnBoth(Range(0, 90 * S), Range(0, 0))]
        assert ranges(outer.without_cut("cut 1")) == [OnBoth(Range(30 * S, 60 * S), Range(30 * S, 30 * S))]

    def test_may_remove_everything(self) -> None:
        assert cut(0, 600)[1].duration_us == 0

    def test_may_be_asked_for_to_the_end_as_a_player_shows_it(self) -> None:
        assert cut(590, 600.04)[1].range.source == Range(594 * S, 600 * S)

    def test_keeps_its_place_when_the_recording_ends(self) -> None:
        edits, _ = cut(24, 42, plain=GROWING)

        assert ranges(edits) == [OnBoth(Range(24 * S, 42 * S), Range(24 * S, 24 * S))]

    def test_whose_segments_are_no_longer_listed_lies_nowhere(self) -> None:
        edits, _ = cut(590, 600)

        assert ranges(edits, recorded(6.0)) == [None]

    def test_of_which_a_thousand_are_there_is_refused(self) -> None:
        span = span_of(Asked(0, 6), Edits(), read_timeline(TEN_MINUTES.source))
        full = Edits(tuple(Cut(str(number), span, NOON) for number in range(MOST_CUTS)))

        with pytest.raises(Unprocessable, match="1000 cuts at the most"):
            cut(60, 120, edits=full)

    @pytest.mark.parametrize(
        ("begin_s", "end_s", "says"),
        [
            (nan, 10, "finite"),
            (0, nan, "finite"),
            (0, inf, "finite"),
            (-inf, 10, "finite"),
            (-1, 10, "before the recording's begin"),
            (10, 10, "must lie before end"),
            (20, 10, "must lie before end"),
            (600, 606, "beyond the end: the published timeline is 600.000 s long"),
            (0, 601, "beyond the end"),
            (1e300, 1e301, "beyond the end"),
            (1, 5, "no segment starts from 1 to 5 s of the published timeline; a segment is up to 9 s long"),
            (0, 1e-9, "no segment starts"),
        ],
    )
    @pytest.mark.parametrize("line", Line)
    def test_that_cannot_be_meant_is_refused_with_the_reason(
        self, begin_s: float, end_s: float, says: str, line: Line
    ) -> None:
        with pytest.raises(Unprocessable, match=says.replace("published", line)):
            cut(begin_s, end_s, line)

    def test_beyond_the_end_of_a_growing_recording_is_beyond_it_so_far(self) -> None:
        with pytest.raises(Unprocessable, match="s long so far"):
            cut(590, 700, plain=GROWING)

    @pytest.mark.parametrize("plain", [TEN_MINUTES, GROWING])
    def test_of_what_is_cut_out_already_is_refused(self, plain: PlainRecording) -> None:
        edits, _ = cut(0, 60, Line.SOURCE, plain=plain)

        with pytest.raises(Unprocessable, match="no segment that is not cut out already starts from 12 to 60 s"):
            cut(12, 60, Line.SOURCE, edits, plain)

    def test_of_a_recording_without_a_segment_is_refused(self) -> None:
        with pytest.raises(Unprocessable, match=r"0\.000 s long"):
            cut(0, 1, plain=recorded())


def test_a_thousand_cuts_inside_each_other_are_placed_in_time() -> None:
    """A tenth of the second that it took while each was looked at for itself, on 24 hours."""
    day = PlainRecording(ended=True)
    for _ in range(14_400):
        day.grow(6 * S, is_discontinuous=False, is_dated=False)
    line = read_timeline(day.source)
    nested = [Cut(str(n), Span(line.name(0), line.name(13_000 + n)), NOON) for n in range(MOST_CUTS)]
    begun_s = process_time()

    assert len(placed_cuts(Edits(tuple(nested)), line)) == MOST_CUTS
    assert process_time() - begun_s < 0.3


class TestUndoing:
    def test_what_is_not_there_says_so(self) -> None:
        with pytest.raises(NotFound, match="cut 7"):
            Edits().without_cut("cut 7")

    def test_what_is_deleted_is_refused_and_undoing_all_leaves_it(self) -> None:
        span = span_of(Asked(0, 6), Edits(), read_timeline(TEN_MINUTES.source))
        edits = Edits((Cut("gone", span, NOON, is_purged=True), Cut("hidden", span, NOON)))

        with pytest.raises(WrongState, match="deleted for good"):
            edits.without_cut("gone")
        assert [cut.cut_id for cut in edits.without_cuts().cuts] == ["gone"]


class TestARequestUnderAKey:
    def test_is_answered_as_it_was_when_it_came_first(self) -> None:
        asked = {"begin": 0.0, "end": 6.0}
        edits = with_answer(Edits(), one_request("key", "cut", asked), "done")

        assert answer_before(edits, one_request("key", "cut", asked)) == "done"
        assert answer_before(edits, one_request("other", "cut", asked)) is None
        assert answer_before(edits, None) is None

    @pytest.mark.parametrize(("call", "asked"), [("cut", {"begin": 1.0}), ("clip", {"begin": 0.0})])
    def test_for_something_else_is_refused(self, call: str, asked: dict[str, float]) -> None:
        edits = with_answer(Edits(), one_request("key", "cut", {"begin": 0.0}), "done")

        with pytest.raises(Unprocessable, match="another request"):
            answer_before(edits, one_request("key", call, asked))

    @pytest.mark.parametrize("key", ["", "x" * 256, "a\nb", "a\0"])
    def test_that_is_no_key_is_refused(self, key: str) -> None:
        with pytest.raises(Unprocessable, match="printable"):
            one_request(key, "cut", {})

    def test_is_remembered_for_two_hundred_more(self) -> None:
        edits = Edits()
        for number in range(201):
            edits = with_answer(edits, one_request(str(number), "cut", {}), str(number))

        assert answer_before(edits, one_request("0", "cut", {})) is None
        assert answer_before(edits, one_request("1", "cut", {})) == "1"
