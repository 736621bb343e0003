"""The best cover: which of the stored segments to list so that most is kept and nothing is there twice.

Two recorders, or one before and after a restart, may have stored different ranges of the same source segments.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby

from mntreamer.domain.playlists.source_playlist import SegmentName


def best_cover(stored: Iterable[SegmentName], after: SegmentName | None = None) -> list[SegmentName]:
    """The non-overlapping ranges behind `after` that hold the most source segments, in order.

    Of covers that hold equally many, the one with fewer and so longer ranges wins.
    """
    cover: list[SegmentName] = []
    for epoch, names in groupby(sorted(set(stored)), key=lambda name: name.epoch):
        if after is None or epoch > after.epoch:
            cover.extend(_best_of_one_epoch(list(names)))
        elif epoch == after.epoch:
            cover.extend(_best_of_one_epoch([name for name in names if name.first > after.last]))
    return cover


def fitting(stored: Iterable[SegmentName], listed: Sequence[SegmentName]) -> list[SegmentName]:
    """The best cover of what overlaps none of the ranges that are listed, which are in order."""
    return best_cover(name for name in stored if not _overlaps(name, listed))


def _overlaps(name: SegmentName, listed: Sequence[SegmentName]) -> bool:
    behind = bisect_right(listed, (name.epoch, name.last), key=lambda other: (other.epoch, other.first))
    return behind > 0 and (listed[behind - 1].epoch, listed[behind - 1].last) >= (name.epoch, name.first)


def _best_of_one_epoch(names: list[SegmentName]) -> list[SegmentName]:
    """Weighted interval scheduling: for each range, by its end, the best that can be had up to there."""
    by_end = sorted(names, key=lambda name: name.last)
    ends = [name.last for name in by_end]
    best: list[tuple[int, int, list[SegmentName]]] = [(0, 0, [])]
    for index, name in enumerate(by_end):
        held, pieces, chosen = best[bisect_left(ends, name.first, hi=index)]
        with_it = (held + name.count, pieces - 1, [*chosen, name])
        best.append(max(best[index], with_it, key=lambda option: option[:2]))
    return best[-1][2]
