"""What is stored and not listed yet: at once where nothing is missing before it, else once others were looked for."""

from collections.abc import Iterable
from itertools import pairwise
from math import inf

from mntreamer.domain.playlists.source_playlist import SegmentName, follows
from mntreamer.domain.recordings.gap import Place, place_of
from mntreamer.domain.recordings.loss import Loss
from mntreamer.domain.segments.stored_segment import StoredSegment
from mntreamer.usecases.recordings.stored.source import Source

_RETRY_S = 1.0


class ListingQueue:
    """Brings segments into `source` in order. What this recorder lacks, another may have stored, or be about to.

    All times are seconds on the recorder's own clock.
    """

    def __init__(self, source: Source, others_within_s: float) -> None:
        self.due_s = inf
        self._source = source
        self._others_within_s = others_within_s
        self._segments: list[StoredSegment] = []
        self._target_duration_s = 1
        self._lost: list[Place] = []
        self._waits_since_s: dict[SegmentName, float] = {}

    def take(self, stored: Iterable[StoredSegment], lost: Iterable[Loss], target_duration_s: int) -> None:
        """Enter it; nothing is listed yet."""
        self._segments += stored
        self._lost += map(place_of, lost)
        self._target_duration_s = target_duration_s or self._target_duration_s

    def list_ready(self, now_s: float, *, waits: bool) -> list[StoredSegment]:
        """List what can be; what was. `waits`: for a while, for another who may store what is missing."""
        self._drop_listed()
        if not self._segments:
            return []
        listed = self._fill(now_s, waits=waits) if self._is_in_doubt() else self._append()
        self._drop_listed()
        self.due_s = now_s + _RETRY_S if self._segments else inf
        return listed

    def _drop_listed(self) -> None:
        last = self._source.listing.last
        self._segments = [segment for segment in self._segments if _is_behind(segment.name, last)]
        self._lost = [place for place in self._lost if last is None or place > (last.epoch, last.last)]

    def _append(self) -> list[StoredSegment]:
        self._source.append(self._segments, self._target_duration_s)
        return self._segments

    def _fill(self, now_s: float, *, waits: bool) -> list[StoredSegment]:
        """Each waits for what is missing around it for itself: where much is, one wait adds nothing to another."""
        since_s = {each.name: self._waits_since_s.get(each.name, now_s) for each in self._segments}
        self._waits_since_s = since_s
        overdue = [s for s in self._segments if not waits or now_s - since_s[s.name] >= self._others_within_s]
        listed = self._source.fill(overdue, self._target_duration_s, skips=True) if overdue else []
        if others := self._segments[len(overdue) :]:
            listed += self._source.fill(others, self._target_duration_s, skips=False, lost=self._lost)
        return listed

    def _is_in_doubt(self) -> bool:
        """Whether anything is missing before the last of it, or just behind: a longer piece may have both."""
        names = [segment.name for segment in self._segments]
        last = self._source.listing.last
        known = [last, *names] if last else names
        is_broken = any(not follows(before, after) for before, after in pairwise(known))
        return is_broken or any(place <= (names[-1].epoch, names[-1].last + 1) for place in self._lost)


def _is_behind(name: SegmentName, last: SegmentName | None) -> bool:
    return last is None or (name.epoch, name.first) > (last.epoch, last.last)
