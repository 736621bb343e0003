"""From fetched source segments to bundles: what is stored together, and what is known to be lost."""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise, takewhile

from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.recordings.loss import Cause, Loss
from mntreamer.domain.segments.window import SourceSegment, Window
from mntreamer.domain.times import seconds

_LEFT_OUT = "the source itself left it out of its playlist"
_TOO_LATE = "the stream ended before it came"
_TIMESTAMPED_BYTES = 4096  # tables or boxes, and then the first picture's PES header or its fragment's tfdt


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
    """Consecutive source segments that become one stored segment. None of them is missing, and none there twice.

    The name covers more media sequences than there are pieces where the source listed a segment again under the
    next one: that adds nothing but its number.
    """

    name: SegmentName
    pieces: tuple[Fetched, ...]
    discontinuity: bool

    def cut(self, at: Sequence[int]) -> Iterator["Bundle"]:
        """In parts, cut before the pieces `at`, counted from 0; the first one keeps the discontinuity.

        Each part's range reaches to where the next one's begins, since nothing is missing between them.
        """
        begins = [self.name.first, *(self.pieces[index].segment.sequence for index in at), self.name.last + 1]
        bounds = pairwise([0, *at, len(self.pieces)])
        for (first, behind), (begin, end) in zip(pairwise(begins), bounds, strict=True):
            name = replace(self.name, first=first, last=behind - 1)
            yield Bundle(name, self.pieces[begin:end], self.discontinuity and begin == 0)

    def singles(self) -> Iterator["Bundle"]:
        """Each of its source segments as a bundle of its own."""
        return self.cut(range(1, len(self.pieces)))

    def losses(self, cause: Cause, why: str) -> list[Loss]:
        """All of it as lost. A number that only repeats a segment belongs to that one, and has no length."""
        return [loss for single in self.singles() for loss in _losses_of(single, cause, why)]


@dataclass(slots=True)
class Line:
    """One epoch's source segments between the source's window and the store.

    Bundle i holds the k sequences from k·i on, so that recorders that started at different moments cut alike; it is
    split where a segment is missing, at the source's DISCONTINUITY and at another initialisation section.
    `next_sequence` is the first that no bundle has taken yet.

    Where a segment only repeats the bytes of the one before, its number goes to the next that adds something. A
    recorder that did not take the one before cannot see that, and stores it once more.
    """

    epoch: int
    bundle_size: int
    next_sequence: int
    last_init_digest: str | None = None
    _fetched: dict[int, Fetched] = field(default_factory=dict)
    _lost: dict[int, Loss] = field(default_factory=dict)
    _asked: dict[int, SourceSegment] = field(default_factory=dict)
    _shown: Window | None = None
    _range_begin: int = field(init=False)
    _before: "_Checksum | None" = None

    def __post_init__(self) -> None:
        self._range_begin = self.next_sequence

    def wanted(self, window: Window, why_unseen: str) -> list[SourceSegment]:
        """The listed segments to fetch, each once; what left the window unseen counts as lost, for that reason."""
        left = range(self.next_sequence, window.first)
        self._miss([s for s in left if s not in self._asked and s not in self._lost], window, why_unseen)
        wanted = [s for s in window.segments if s.sequence >= self.next_sequence and s.sequence not in self._asked]
        self._asked.update((s.sequence, s) for s in wanted)
        self._shown = window
        return wanted

    def _miss(self, sequences: Iterable[int], window: Window, why_unseen: str) -> None:
        last_shown = self._shown.last if self._shown else -1
        mean_s = window.mean_s
        for sequence in sequences:
            why = _LEFT_OUT if sequence <= last_shown else why_unseen
            self._lost[sequence] = _unseen(self.epoch, sequence, window.segments[0], mean_s, why)

    def leave_for(self, window: Window) -> None:
        """The source leapt ahead to this window, which is of another line: what it left out is told as one loss."""
        if self._shown is None:
            return
        sequence = max(self._asked, default=self.next_sequence - 1) + 1
        why = f"the source leapt ahead by {window.first - sequence} segments, too many to tell one by one"
        self._lost[sequence] = _between(self.epoch, sequence, self._shown.segments[-1], window.segments[0], why)

    def add(self, fetched: Fetched) -> None:
        self._fetched[fetched.segment.sequence] = fetched

    def lose(self, sequence: int, why: str, cause: Cause = Cause.NOT_FETCHED) -> None:
        """A segment that was wanted will not come."""
        self._lost[sequence] = replace(self._not_fetched(sequence, why), cause=cause)

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
            for is_here, sequences in groupby(known, self._fetched.__contains__):
                if is_here:
                    bundles += self._bundled([self._fetched[s] for s in sequences])
                else:
                    lost += self._missing([self._lost[s] for s in sequences])
            self._forget(known)
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
        behind = max(self._asked, default=self.next_sequence - 1) + 1
        missing = [s for s in range(self.next_sequence, behind) if not self._is_known(s)]
        for sequence in missing:
            if sequence in self._asked:
                self.lose(sequence, _TOO_LATE)
        if self._shown:
            self._miss([s for s in missing if s not in self._asked], self._shown, _LEFT_OUT)

    def _not_fetched(self, sequence: int, why: str) -> Loss:
        return not_fetched(self.epoch, self._asked[sequence], why)

    def _is_known(self, sequence: int) -> bool:
        return sequence in self._fetched or sequence in self._lost

    def _bundled(self, pieces: list[Fetched]) -> list[Bundle]:
        """Of consecutive ones."""
        bundles: list[Bundle] = []
        for run in self._runs(pieces):
            if news := self._news_in(run):
                name = SegmentName(self.epoch, self._range_begin, run.pieces[-1].segment.sequence)
                bundles.append(Bundle(name, tuple(news), run.discontinuity))
                self._range_begin = name.last + 1
        return bundles

    def _runs(self, pieces: list[Fetched]) -> list["_Run"]:
        runs: list[_Run] = []
        for piece in pieces:
            broken = piece.segment.discontinuity or self.last_init_digest not in (None, piece.init_digest)
            if broken or not runs:
                runs.append(_Run(discontinuity=broken))
            runs[-1].pieces.append(piece)
            self.last_init_digest = piece.init_digest
        return runs

    def _news_in(self, run: "_Run") -> list[Fetched]:
        """What of it is more than the bytes of the one before again; behind a discontinuity they are meant to be."""
        first = run.pieces[0]
        is_repeat = self._before and self._before.is_of(first.body) and not run.discontinuity
        news = [after for before, after in pairwise(run.pieces) if after.body != before.body]
        self._before = _Checksum.of(run.pieces[-1].body)
        return news if is_repeat else [first, *news]

    def _missing(self, losses: list[Loss]) -> list[Loss]:
        """With the repeats before them: nothing goes on from those that could cover their numbers."""
        first, last = losses[0], losses[-1]
        repeats = [replace(first, sequence=s, duration_s=0.0) for s in range(self._range_begin, first.sequence)]
        self._range_begin, self._before = last.sequence + 1, None
        return repeats + losses

    def _forget(self, known: list[int]) -> None:
        self.next_sequence = known[-1] + 1
        for sequence in known:
            for kept in (self._fetched, self._asked, self._lost):
                kept.pop(sequence, None)


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive source segments that nothing breaks; what is before them breaks off at a `discontinuity`."""

    discontinuity: bool
    pieces: list[Fetched] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Checksum:
    """What is kept of a body of megabytes. CRC-32 costs a third of SHA-256, and nobody gains by a forgery.

    Chance is ruled out by what a body begins with: there are its timestamps, which another segment's differ from.
    """

    begin: bytes
    size_bytes: int
    crc32: int

    @classmethod
    def of(cls, body: bytes) -> "_Checksum":
        return cls(body[:_TIMESTAMPED_BYTES], len(body), zlib.crc32(body))

    def is_of(self, body: bytes) -> bool:
        return self.size_bytes == len(body) and body.startswith(self.begin) and self.crc32 == zlib.crc32(body)


def not_fetched(epoch: int, segment: SourceSegment, why: str) -> Loss:
    """A segment that was listed and did not come."""
    begin, duration_s = segment.program_date_time, segment.duration_s
    return Loss(epoch, segment.sequence, Cause.NOT_FETCHED, why, begin, duration_s)


def _losses_of(single: Bundle, cause: Cause, why: str) -> Iterator[Loss]:
    source = single.pieces[0].segment
    for sequence in range(single.name.first, single.name.last + 1):
        lasts_s = source.duration_s if sequence == source.sequence else 0.0
        yield Loss(single.name.epoch, sequence, cause, why, source.program_date_time, lasts_s)


def _unseen(epoch: int, sequence: int, listed: SourceSegment, mean_s: float, why: str) -> Loss:
    """A segment that was not listed: its begin and its length are told by those that were."""
    date = listed.program_date_time
    begin = date + seconds(mean_s * (sequence - listed.sequence)) if date else None
    return Loss(epoch, sequence, Cause.UNSEEN, why, begin, mean_s)


def _between(epoch: int, sequence: int, before: SourceSegment, after: SourceSegment, why: str) -> Loss:
    """All that lies between two segments by the source's clock, as one."""
    if before.program_date_time is None or after.program_date_time is None:
        return Loss(epoch, sequence, Cause.UNSEEN, why, None, 0.0)
    begin = before.program_date_time + seconds(before.duration_s)
    return Loss(epoch, sequence, Cause.UNSEEN, why, begin, (after.program_date_time - begin).total_seconds())
