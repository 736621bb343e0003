"""What is deleted where cuts are purged."""

from collections.abc import Iterable, Iterator

from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.recordings.gap import Place


def purgeable_in(stored: Iterable[SegmentName], covered: Iterable[SegmentName]) -> Iterator[SegmentName]:
    """Of stored segments that nobody plays, those with anything of the covered ones in it.

    These are the covered ones themselves, and what a recorder that crashed left of the same source segments.
    """
    given_up = {source for name in covered for source in _sources(name)}
    return (name for name in stored if not given_up.isdisjoint(_sources(name)))


def _sources(name: SegmentName) -> Iterator[Place]:
    """Epoch and media sequence of each source segment in it."""
    return ((name.epoch, sequence) for sequence in range(name.first, name.last + 1))
