"""From fetched source segments to bundles: what is stored together, and what is known to be lost."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from mntreamer.domain.loss import Cause, Loss
from mntreamer.domain.source_playlist import SegmentName
from mntreamer.domain.times import seconds
from mntreamer.domain.window import SourceSegment, Window

_LEFT_OUT = "the source itself left it out of its playlist"
_TOO_LATE = "the stream ended before it came"


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
    """Consecutive source segments that become one stored segment. None of them is missing, and none there twice."""

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
    _lost: dict[int, Loss] = field(default_factory=dict)
    _asked: dict[int, SourceSegment] = field(default_factory=dict)
    _shown: Window | None = None

    def wanted(self, window: Window, why_unseen: str) -> list[SourceSegment]:
        """The listed segments to fetch, each once; what left the window unseen counts as lost, for that reason."""
        for sequence in range(self.next_sequence, window.first):
            if sequence not in self._asked and sequence not in self._lost:
                was_shown = self._shown is not None and sequence <= self._shown.last
                self._lost[sequence] = _unseen(self.epoch, sequence, window, _LEFT_OUT if was_shown else why_unseen)
        wanted = [s for s in window.segments if s.sequence >= self.next_sequence and s.sequence not in self._asked]
        self._asked.update((s.sequence, s) for s in wanted)
        self._shown = window
        return wanted

    def add(self, fetched: Fetched) -> None:
        self._fetched[fetched.segment.sequence] = fetched

    def lose(self, sequence: int, why: str) -> None:
        """A segment that was wanted will not come."""
        self._lost[sequence] = self._not_fetched(sequence, why)

    @property
    def in_flight(self) -> int:
        """How many segments were asked for and are neither here nor lost."""
        return len(self._asked.keys() - self._fetched.keys() - self._lost.keys())

    def take(self, *, flush: bool = False, at_end: bool = False) -> tuple[list[Bundle], list[Loss]]:
        """The bundles that are complete and the segments that are missing for good, both in order.

        With `flush` also the beginning of a bundle whose rest will not come here, up to the first segment that is
        still missing: the next recorder may have that one. With `at_end` nobody will, and it is lost.
        """
        bundles: list[Bundle] = []
        lost: list[Loss] = []
        if at_end:
            self._lose_the_rest()
        while known := self._complete(flush=flush):
            lost += [self._lost[s] for s in known if s in self._lost]
            bundles += self._split([self._fetched[s] for s in known if s in self._fetched])
            self._forget(known[-1])
        return bundles, lost

    def _complete(self, *, flush: bool) -> list[int]:
        end = (self.next_sequence // self.bundle_size + 1) * self.bundle_size
        known = list(takewhile(self._is_known, range(self.next_sequence, end)))
        return known if flush or len(known) == end - self.next_sequence else []

    def left(self) -> list[Loss]:
        """What was wanted and no bundle has taken: lost, unless the next recorder still gets it."""
        why = f"the recorder left while source segment {self.next_sequence} had not come yet"
        return [self._lost.get(s) or self._not_fetched(s, why) for s in sorted(self._asked | self._lost)]

    def _lose_the_rest(self) -> None:
        for sequence in range(self.next_sequence, max(self._asked, default=self.next_sequence - 1) + 1):
            if sequence in self._asked and not self._is_known(sequence):
                self.lose(sequence, _TOO_LATE)
            elif self._shown and not self._is_known(sequence):
                self._lost[sequence] = _unseen(self.epoch, sequence, self._shown, _LEFT_OUT)

    def _not_fetched(self, sequence: int, why: str) -> Loss:
        segment = self._asked[sequence]
        begin, duration_s = segment.program_date_time, segment.duration_s
        return Loss(self.epoch, sequence, Cause.NOT_FETCHED, why, begin, duration_s)

    def _is_known(self, sequence: int) -> bool:
        return sequence in self._fetched or sequence in self._lost

    def _split(self, pieces: list[Fetched]) -> list[Bundle]:
        runs: list[_Run] = []
        for piece in pieces:
            broken = piece.segment.discontinuity or self.last_init_digest not in (None, piece.init_digest)
            if broken or not (runs and runs[-1].goes_on_with(piece)):
                runs.append(_Run(discontinuity=broken))
            runs[-1].add(piece)
            self.last_init_digest = piece.init_digest
        return [run.bundle(self.epoch) for run in runs]

    def _forget(self, last: int) -> None:
        self.next_sequence = last + 1
        self._fetched = {s: fetched for s, fetched in self._fetched.items() if s > last}
        self._asked = {s: segment for s, segment in self._asked.items() if s > last}
        self._lost = {s: loss for s, loss in self._lost.items() if s > last}


@dataclass(slots=True)
class _Run:
    """Consecutive source segments. One that only repeats the bytes of the one before adds nothing but its number."""

    discontinuity: bool
    pieces: list[Fetched] = field(default_factory=list)
    last: int = 0

    def goes_on_with(self, piece: Fetched) -> bool:
        return self.last + 1 == piece.segment.sequence

    def add(self, piece: Fetched) -> None:
        self.last = piece.segment.sequence
        if not self.pieces or self.pieces[-1].body != piece.body:
            self.pieces.append(piece)

    def bundle(self, epoch: int) -> Bundle:
        name = SegmentName(epoch, self.pieces[0].segment.sequence, self.last)
        return Bundle(name, tuple(self.pieces), self.discontinuity)


def _unseen(epoch: int, sequence: int, window: Window, why: str) -> Loss:
    """A segment that the window does not list: its begin and its length are told by those that it does."""
    first = window.segments[0]
    mean_s = sum(segment.duration_s for segment in window.segments) / len(window.segments)
    date = first.program_date_time
    begin = date + seconds(mean_s * (sequence - first.sequence)) if date else None
    return Loss(epoch, sequence, Cause.UNSEEN, why, begin, mean_s)
