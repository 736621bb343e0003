"""Any sequence of cuts and undos, while it grows and after: what is published is the cuts applied to a plain list."""

from itertools import pairwise

import m3u8
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mntreamer.domain.errors import Unprocessable
from mntreamer.domain.playlists.published_playlist import render_live, render_published
from mntreamer.domain.playlists.timeline import Timeline, read_timeline
from mntreamer.domain.playlists.timelines import Asked, Line
from mntreamer.domain.refining.cutting import cut_out, placed_cuts, span_of
from mntreamer.domain.refining.edits import Cut, Edits
from mntreamer.domain.refining.edits_file import parse_edits, render_edits
from tests.contract.records import NOON
from tests.unit.domain.plain_recording import Piece, PlainRecording

LENGTHS = st.sampled_from([1, 1_999_999, 2_000_000, 6_006_000, 9_000_000])
LINES = st.sampled_from(list(Line))
# A place on a line: before, at or behind where some segment starts.
PLACES = st.tuples(st.integers(0, 40), st.sampled_from([-1, 0, 1, 500_000]))


class CutsAndUndos(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.plain = PlainRecording()
        self.edits = Edits()
        self.made = 0

    @initialize(lengths=st.lists(LENGTHS, min_size=1, max_size=25))
    def begin(self, lengths: list[int]) -> None:
        for number, length_us in enumerate(lengths):
            self.plain.grow(length_us, is_discontinuous=number % 7 == 5, is_dated=number % 3 == 0)

    @precondition(lambda self: not self.plain.ended)
    @rule(length_us=LENGTHS, is_discontinuous=st.booleans(), is_dated=st.booleans())
    def grow(self, length_us: int, is_discontinuous: bool, is_dated: bool) -> None:  # noqa: FBT001 -- hypothesis calls it
        self.plain.grow(length_us, is_discontinuous=is_discontinuous, is_dated=is_dated)

    @precondition(lambda self: not self.plain.ended)
    @rule()
    def end(self) -> None:
        self.plain.ended = True

    @rule(begin=PLACES, end=PLACES, line=LINES)
    def cut(self, begin: tuple[int, int], end: tuple[int, int], line: Line) -> None:
        begin_us, end_us = sorted((self._place(begin, line), self._place(end, line)))
        found = self.plain.starting_in(begin_us, end_us, line)
        asked = Asked(begin_us / 1e6, end_us / 1e6, line)
        if all(piece.cut_by for piece in found):
            self._is_refused(asked)
        else:
            self._is_cut(asked, found)

    @precondition(lambda self: self.edits.cuts)
    @rule(number=st.integers(0, 99))
    def undo(self, number: int) -> None:
        cut_id = self.edits.cuts[number % len(self.edits.cuts)].cut_id
        self.edits = self.edits.without_cut(cut_id)
        self.plain.undo(cut_id)

    @rule()
    def undo_all(self) -> None:
        for cut in self.edits.cuts:
            self.plain.undo(cut.cut_id)
        self.edits = self.edits.without_cuts()

    @invariant()
    def every_reader_reads_the_plain_list(self) -> None:
        self._reads(render_published(self.plain.source, self.edits), "vod" if self.plain.ended else "event")
        self._reads(render_live(self.plain.source, self.edits), "event")

    @invariant()
    def what_is_stored_is_read_back(self) -> None:
        assert parse_edits(render_edits(self.edits)) == self.edits

    @invariant()
    def undoing_all_gives_back_the_first_bytes(self) -> None:
        without = render_published(self.plain.source, self.edits.without_cuts())
        kind = "VOD" if self.plain.ended else "EVENT"
        assert without.replace(f"#EXT-X-PLAYLIST-TYPE:{kind}\n", "") == self.plain.source

    @invariant()
    def each_cut_lies_where_it_is_told(self) -> None:
        pieces = self.plain.pieces
        for placed in placed_cuts(self.edits, self._timeline()):
            assert placed.range
            numbers = [n for n, piece in enumerate(pieces) if placed.cut.cut_id in piece.cut_by]
            before, to_its_end = pieces[: numbers[0]], pieces[: numbers[-1] + 1]
            told = [(r.begin_us, r.end_us) for r in (placed.range.source, placed.range.published)]
            assert told == [
                (sum(p.length_us for p in before), sum(p.length_us for p in to_its_end)),
                (self._played_us(before), self._played_us(to_its_end)),
            ]

    def _is_refused(self, asked: Asked) -> None:
        try:
            span_of(asked, self.edits, self._timeline())
        except Unprocessable:
            return
        raise AssertionError("nothing is left to remove, and it was cut")

    def _is_cut(self, asked: Asked, found: list[Piece]) -> None:
        self.made += 1
        cut = Cut(f"cut {self.made}", span_of(asked, self.edits, self._timeline()), NOON)
        self.edits, removal = cut_out(cut, self.edits, self._timeline())

        removed = self.plain.cut(cut.cut_id, found)

        assert removal.segments == len(removed)
        assert removal.removed_us == sum(piece.length_us for piece in removed)
        assert removal.duration_us == self.plain.duration_us("published")

    def _reads(self, text: str, kind: str) -> None:
        read = m3u8.loads(text)
        shown = self.plain.played if kind == "vod" else self.plain.listed_live
        assert (read.playlist_type, read.is_endlist) == (kind, self.plain.ended)
        assert (read.target_duration, read.media_sequence, read.discontinuity_sequence) == (9, 0, None)
        assert [segment.uri for segment in read.segments] == [piece.uri for piece in shown]
        assert [segment.duration for segment in read.segments] == [piece.length_us / 1e6 for piece in shown]
        dates = [segment.program_date_time for segment in read.segments]
        assert dates == [piece.date for piece in shown]
        assert [segment.discontinuity for segment in read.segments] == self._discontinuities(shown)
        gaps = [segment.gap_tag is True for segment in read.segments]
        assert gaps == [bool(piece.cut_by) for piece in shown]
        assert str(read.version) == ("8" if any(gaps) else "3")

    def _discontinuities(self, shown: list[Piece]) -> list[bool]:
        numbers = [self.plain.pieces.index(piece) for piece in shown]
        broken = [bool(shown) and shown[0].is_discontinuous]
        for before, number in pairwise(numbers):
            broken.append(number != before + 1 or self.plain.pieces[number].is_discontinuous)
        return broken[: len(shown)]

    def _place(self, place: tuple[int, int], line: Line) -> int:
        number, beside_us = place
        on_line = self.plain.pieces if line is Line.SOURCE else self.plain.played
        at_us = sum(piece.length_us for piece in on_line[:number]) + beside_us
        return max(0, min(at_us, self.plain.duration_us(line)))

    def _played_us(self, pieces: list[Piece]) -> int:
        return sum(piece.length_us for piece in pieces if not (self.plain.ended and piece.cut_by))

    def _timeline(self) -> Timeline:
        return read_timeline(self.plain.source)


TestCutsAndUndos = CutsAndUndos.TestCase
TestCutsAndUndos.settings = settings(max_examples=150, stateful_step_count=30, deadline=None, derandomize=True)
