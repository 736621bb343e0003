"""From fetched source segments to bundles: what is stored together, and what is known to be lost."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from mntreamer.domain.source_playlist import SegmentName
from mntreamer.domain.window import SourceSegment, Window


@dataclass(frozen=True, slots=True)
class Fetched:
    """A source segment with its bytes. `init` is its initialisation section, empty for MPEG-TS."""

    segment: SourceSegment
    body: bytes
    init: bytes

    @property
    def init_digest(self) -> str:
        return hashlib.sha256(self.init).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Consecutive source segments that become one stored segment. None of them is missing."""

    name: SegmentName
    pieces: tuple[Fetched, ...]
    discontinuity: bool

    def singles(self) -> Iterator["Bundle"]:
        """Each of its source segments as a bundle of its own."""
        for position, piece in enumerate(self.pieces):
            sequence = piece.segment.sequence
            broken = piece.segment.discontinuity or (self.discontinuity and position == 0)
            yield Bundle(SegmentName(self.name.epoch, sequence, sequence), (piece,), broken)


@dataclass(slots=True)
class Line:
    """One epoch's source segments between the source's window and the store.

    Bundle i holds the k sequences from k·i on, so that recorders that started at different moments cut alike; it is
    split where a segment is missing, at the source's DISCONTINUITY and at another initialisation section.
    `next_sequence` is the first that no bundle has taken yet.
    """

    epoch: int
    bundle_size: int
    next_sequence: int
    last_init_digest: str | None = None
    _fetched: dict[int, Fetched] = field(default_factory=dict)
    _lost: set[int] = field(default_factory=set)
    _asked: set[int] = field(default_factory=set)

    def wanted(self, window: Window) -> list[SourceSegment]:
        """The listed segments to fetch, each once; what left the window unseen counts as lost."""
        unseen = set(range(self.next_sequence, window.first)) - self._asked - self._lost
        self._lost |= unseen
        wanted = [s for s in window.segments if s.sequence >= self.next_sequence and s.sequence not in self._asked]
        self._asked.update(s.sequence for s in wanted)
        return wanted

    def add(self, fetched: Fetched) -> None:
        self._fetched[fetched.segment.sequence] = fetched

    def lose(self, sequence: int) -> None:
        self._lost.add(sequence)

    @property
    def in_flight(self) -> int:
        """How many segments were asked for and are neither here nor lost."""
        return len(self._asked - self._fetched.keys() - self._lost)

    def take(self, *, flush: bool = False, at_end: bool = False) -> tuple[list[Bundle], list[int]]:
        """The bundles that are complete and the sequences that are missing for good, both in order.

        With `flush` also the beginning of a bundle whose rest will not come here, up to the first segment that is
        still missing: the next recorder may have that one. With `at_end` nobody will, and it is lost.
        """
        bundles: list[Bundle] = []
        lost: list[int] = []
        if at_end:
            self._lose_holes()
        while known := self._complete(flush=flush):
            lost += [s for s in known if s in self._lost]
            bundles += self._split([self._fetched[s] for s in known if s in self._fetched])
            self._forget(known[-1])
        return bundles, lost

    def _complete(self, *, flush: bool) -> list[int]:
        end = (self.next_sequence // self.bundle_size + 1) * self.bundle_size
        known = list(takewhile(self._is_known, range(self.next_sequence, end)))
        return known if flush or len(known) == end - self.next_sequence else []

    def _lose_holes(self) -> None:
        last = max(self._fetched, default=self.next_sequence)
        self._lost.update(s for s in range(self.next_sequence, last) if not self._is_known(s))

    def _is_known(self, sequence: int) -> bool:
        return sequence in self._fetched or sequence in self._lost

    def _split(self, pieces: list[Fetched]) -> list[Bundle]:
        runs: list[list[Fetched]] = []
        breaks: list[bool] = []
        for piece in pieces:
            broken = piece.segment.discontinuity or self.last_init_digest not in (None, piece.init_digest)
            gap = not runs or runs[-1][-1].segment.sequence + 1 != piece.segment.sequence
            if broken or gap:
                runs.append([])
                breaks.append(broken)
            runs[-1].append(piece)
            self.last_init_digest = piece.init_digest
        return [self._bundle(run, discontinuity=broken) for run, broken in zip(runs, breaks, strict=True)]

    def _bundle(self, run: list[Fetched], *, discontinuity: bool) -> Bundle:
        name = SegmentName(self.epoch, run[0].segment.sequence, run[-1].segment.sequence)
        return Bundle(name, tuple(run), discontinuity)

    def _forget(self, last: int) -> None:
        self.next_sequence = last + 1
        self._fetched = {s: fetched for s, fetched in self._fetched.items() if s > last}
        self._asked = {s for s in self._asked if s > last}
        self._lost = {s for s in self._lost if s > last}
