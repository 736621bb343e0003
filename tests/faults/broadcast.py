"""What a source publishes, segment by segment, and what its playlist lists at each moment of its own time.

All times are seconds of the source since its first look. The first segments are there at once, each later one is
listed when two seconds more have passed, and leaves when five newer ones are there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import accumulate

from tests.faults.takes import SEGMENT_S, Container, Encoding, Piece, take_of

BEGAN_AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FIRST_SEQUENCE = 100
LISTED_AT_FIRST = 3
WINDOW = 5
PLAIN = Encoding(1)


@dataclass(frozen=True)
class Stretch:
    """Consecutive segments of one run of an encoder, from its segment `begin` on.

    `sequence` begins a new line of media sequences. `repeated`: the segment before is listed once more, under a
    sequence of its own. `unlisted` are made and counted, but never published; `gap` are listed as EXT-X-GAP, and
    cannot be had. `same_init_name`: its initialisation section takes the place of the one before.
    """

    count: int
    encoding: Encoding = PLAIN
    begin: int = 0
    sequence: int | None = None
    tagged: bool = False
    repeated: bool = False
    unlisted: bool = False
    gap: bool = False
    same_init_name: bool = False


@dataclass(frozen=True)
class Entry:
    """One segment of a broadcast: the `position`th, its `index`th of the encoding.

    `line` counts like an epoch, `init` the names of initialisation sections on one line.
    """

    position: int
    line: int
    init: int
    sequence: int
    index: int
    stretch: Stretch
    tagged: bool = False

    @property
    def encoding(self) -> Encoding:
        return self.stretch.encoding

    @property
    def begins_at(self) -> datetime:
        return BEGAN_AT + timedelta(seconds=SEGMENT_S * (self.position - self.stretch.repeated))

    def piece(self, container: Container) -> Piece:
        return take_of(self.encoding, container).pieces[self.index]


@dataclass(frozen=True)
class Broadcast:
    """All that one source publishes, in order."""

    stretches: tuple[Stretch, ...]

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(_entries(self.stretches))

    @property
    def encodings(self) -> list[Encoding]:
        """Each once, in order; an initialisation section has the number that its encoding has here."""
        return list(dict.fromkeys(stretch.encoding for stretch in self.stretches))

    @property
    def ends_at_s(self) -> float:
        """When the last segment is listed."""
        return float((len(self.entries) - LISTED_AT_FIRST) * SEGMENT_S)

    def window(self, now_s: float) -> tuple[Entry, ...]:
        """What the playlist lists: always of one line, and of sequences that follow each other."""
        entries = self.entries
        end = min(LISTED_AT_FIRST + int(now_s // SEGMENT_S), len(entries))
        newest = list(entries[max(0, end - WINDOW) : end])
        while newest and newest[-1].stretch.unlisted:
            newest.pop()
        listed: list[Entry] = []
        for entry in reversed(newest):
            if entry.stretch.unlisted or entry.line != newest[-1].line:
                break
            listed.insert(0, entry)
        return tuple(listed)


def _entries(stretches: tuple[Stretch, ...]) -> Iterator[Entry]:
    starts = accumulate((stretch.count for stretch in stretches), initial=0)
    line, line_begin, first_sequence = 0, 0, FIRST_SEQUENCE
    encodings: list[Encoding] = []
    for start, stretch in zip(starts, stretches, strict=False):
        if stretch.sequence is not None:
            line, line_begin, first_sequence, encodings = line + 1, start, stretch.sequence, []
        encodings += [] if stretch.encoding in encodings or stretch.same_init_name else [stretch.encoding]
        for position in range(start, start + stretch.count):
            yield Entry(
                position=position,
                line=line,
                init=len(encodings) - 1 if stretch.same_init_name else encodings.index(stretch.encoding),
                sequence=first_sequence + position - line_begin,
                index=stretch.begin + position - start,
                stretch=stretch,
                tagged=stretch.tagged and position == start,
            )
