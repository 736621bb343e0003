"""What a source still lists of the past that a recording lacks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from mntreamer.domain.playlists.source_playlist import BEFORE_ALL, Segment, SegmentName, follows
from mntreamer.domain.segments.window import SourceSegment, Window
from mntreamer.domain.times import seconds

# Dates are written in milliseconds, and each of a segment's own.
_ROUNDED_S = 0.5
# A platform says that a stream has begun once there is something of it.
_EARLY_S = 60.0
_LATE_S = 10.0


@dataclass(frozen=True, slots=True)
class Past:
    """What of a recording there is: `listed` in its playlist, and `stored` beside that.

    `begin` is that of the broadcast; None where nothing before the first entry is to be recorded.
    """

    listed: Sequence[Segment]
    stored: Collection[SegmentName]
    begin: datetime | None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing in front or between, as far as the dates of what is listed tell."""
        first = self.listed[0].program_date_time if self.listed else None
        is_late = self.begin is not None and (first is None or first > self.begin + seconds(_LATE_S))
        return not is_late and not self.holes

    def dates_of(self, epoch: int) -> Mapping[int, datetime]:
        """When the source segments were with which an entry begins, by their media sequences."""
        return {s.name.first: s.program_date_time for s in self._of(epoch) if s.program_date_time}

    @property
    def holes(self) -> int:
        """Between how many entries of one epoch something is missing."""
        names = (segment.name for segment in self.listed)
        return sum(a.epoch == b.epoch and not follows(a, b) for a, b in pairwise(names))

    def lacks_of(self, epoch: int, window: Window, now: datetime) -> list[SourceSegment]:
        """What this window of the epoch's line lists before the epoch's last entry and nobody has, in order.

        Between two entries that is all. In front of the first it is what certainly lies behind all that is listed
        of other epochs. `now` dates what has no date: the last segment has just ended.
        """
        own = self._of(epoch)
        if not own:
            return []
        first, end = own[0].name.first, own[-1].name.last
        has = self._has(epoch)
        lacking = [s for s in window.segments if s.sequence < end and s.sequence not in has]
        in_front = {s.sequence for s in self._in_front(own[0], window, now)}
        return [s for s in lacking if s.sequence > first or s.sequence in in_front]

    def lacks_before_all(self, window: Window) -> list[SourceSegment]:
        """What this window of an unknown line lists that had ended when the first entry began, in order.

        Both have to say when they were; what lies partly behind that begin would be there twice.
        """
        begin = next((s.program_date_time for s in self.listed if s.name.epoch != BEFORE_ALL), None)
        not_before = self._not_before
        if begin is None or not_before is None:
            return []
        has = self._has(BEFORE_ALL)
        found = [s for s, began, ended in _dated(window) if not_before <= began and ended <= begin]
        return [s for s in found if s.sequence not in has]

    @property
    def _not_before(self) -> datetime | None:
        return self.begin - seconds(_EARLY_S) if self.begin else None

    def _of(self, epoch: int) -> list[Segment]:
        return [segment for segment in self.listed if segment.name.epoch == epoch]

    def _has(self, epoch: int) -> set[int]:
        names = [*(segment.name for segment in self._of(epoch)), *(n for n in self.stored if n.epoch == epoch)]
        return {sequence for name in names for sequence in range(name.first, name.last + 1)}

    def _in_front(self, first: Segment, window: Window, now: datetime) -> Iterable[SourceSegment]:
        earlier = [s for s in self.listed if BEFORE_ALL < s.name.epoch < first.name.epoch]
        if not earlier:
            not_before = self._not_before
            return [s for s, began in _with_begins(window, now) if not_before and began >= not_before]
        last = earlier[-1]
        if last.program_date_time is None:
            return []
        ended = last.program_date_time + seconds(last.duration_s - _ROUNDED_S)
        return [s for s in window.segments if s.program_date_time and s.program_date_time >= ended]


def lines_up(dates: Mapping[int, datetime], window: Window) -> bool | None:
    """Whether media sequences count the same segments there as the `dates` do; None where no date tells.

    A few may disagree: an entry can begin with a number under which a source only repeated a segment.
    """
    pairs = [(s.program_date_time, dates[s.sequence]) for s in window.segments if s.sequence in dates]
    apart_s = [abs((there - here).total_seconds()) for there, here in pairs if there]
    return sum(each <= _ROUNDED_S for each in apart_s) * 2 > len(apart_s) if apart_s else None


def _with_begins(window: Window, now: datetime) -> Iterable[tuple[SourceSegment, datetime]]:
    lasts_s = sum(segment.duration_s for segment in window.segments)
    for segment in window.segments:
        yield segment, segment.program_date_time or now - seconds(lasts_s)
        lasts_s -= segment.duration_s


def _dated(window: Window) -> Iterable[tuple[SourceSegment, datetime, datetime]]:
    """Those that say when they began, with when they ended: their listed length may be rounded, a date is not."""
    afterwards = {segment.sequence - 1: segment for segment in window.segments}
    for segment in window.segments:
        if began := segment.program_date_time:
            after = afterwards.get(segment.sequence)
            ended = after.program_date_time if after else None
            yield segment, began, ended or began + seconds(segment.duration_s)
