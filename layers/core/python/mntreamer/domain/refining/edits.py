"""What people have made of a recording: cuts, markers, clips and shares, over a source that stays as it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from mntreamer.domain.errors import NotFound, WrongState
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.playlists.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Span:
    """Stored segments from `first` to `last`, both included: what lies between them belongs to it, too."""

    first: SegmentName
    last: SegmentName

    def positions(self, timeline: Timeline) -> range:
        """Where on the line it lies; nowhere if the line lacks its ends."""
        first, last = timeline.positions.get(self.first.file), timeline.positions.get(self.last.file)
        return range(0) if first is None or last is None else range(first, last + 1)

    def holds(self, segment: SegmentName) -> bool:
        """Whether all that the segment holds belongs to it."""
        begins_within = (self.first.epoch, self.first.first) <= (segment.epoch, segment.first)
        return begins_within and (segment.epoch, segment.last) <= (self.last.epoch, self.last.last)


@dataclass(frozen=True, slots=True)
class Cut:
    """A range that is left out of the published playlist. `is_purged`: its segments are deleted for good."""

    cut_id: str
    span: Span
    made_at: datetime
    is_purged: bool = False


@dataclass(frozen=True, slots=True)
class Marker:
    """A moment with a name: `offset_us` after the begin of a segment, so that it stays where it is."""

    marker_id: str
    segment: SegmentName
    offset_us: int
    label: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Clip:
    """A piece of the recording that is played by itself. What is cut out of the recording is cut out of it, too."""

    clip_id: str
    title: str
    span: Span
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Share:
    """A link that people were given, to the recording or to one clip of it, until it expires or is revoked."""

    share_id: str
    clip_id: str | None
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """An edit that was asked for under an Idempotency-Key: `request` is what it asked for, `answer` what was said.

    An answer that a secret belongs to keeps what it can be told again from: the id of what was made.
    """

    key: str
    request: str
    answer: str


@dataclass(frozen=True, slots=True)
class Edits:
    """All edits of one recording, written as one under its version. `is_withdrawn`: nothing of it is published."""

    cuts: tuple[Cut, ...] = ()
    markers: tuple[Marker, ...] = ()
    clips: tuple[Clip, ...] = ()
    shares: tuple[Share, ...] = ()
    answered: tuple[Answered, ...] = ()
    is_withdrawn: bool = False

    def without_cut(self, cut_id: str) -> "Edits":
        """The edits with one cut undone. Raises NotFound, and WrongState for one whose segments are deleted."""
        cut = next((cut for cut in self.cuts if cut.cut_id == cut_id), None)
        if cut is None:
            raise NotFound(f"there is no cut {cut_id}; it may have been undone already")
        if cut.is_purged:
            raise WrongState(f"the segments of the cut {cut_id} were deleted for good; it cannot be undone")
        return replace(self, cuts=tuple(other for other in self.cuts if other is not cut))

    def without_cuts(self) -> "Edits":
        """The edits with all cuts undone, but those whose segments are deleted."""
        return replace(self, cuts=tuple(cut for cut in self.cuts if cut.is_purged))

    def cut_positions(self, timeline: Timeline) -> frozenset[int]:
        """The positions that some cut covers."""
        covered: set[int] = set()
        stop = 0
        for positions in sorted((cut.span.positions(timeline) for cut in self.cuts), key=lambda found: found.start):
            covered.update(range(max(positions.start, stop), positions.stop))
            stop = max(stop, positions.stop)
        return frozenset(covered)

    def kept_positions(self, timeline: Timeline) -> list[int]:
        """The positions that no cut covers, in order."""
        cut = self.cut_positions(timeline)
        return [position for position in range(len(timeline.files)) if position not in cut]


def runs_in(positions: Iterable[int]) -> list[range]:
    """The positions, which come in order, as runs without a hole."""
    runs: list[range] = []
    for position in positions:
        if runs and runs[-1].stop == position:
            runs[-1] = range(runs[-1].start, position + 1)
        else:
            runs.append(range(position, position + 1))
    return runs
