"""A recording is over: what was fetched behind its live edge is listed where it belongs: no player minds now."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise, takewhile

from mntreamer.domain.playlists.listing import Listing
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName, follows
from mntreamer.domain.segments.cover import fitting
from mntreamer.domain.segments.stored_segment import StoredSegment

# Each is a request of its own: one behind the other, those of an hour would take ten seconds.
_AT_ONCE = 8
Facts = Mapping[SegmentName, StoredSegment | None]


def with_past(
    listing: Listing, stored: Iterable[SegmentName], facts_of: Callable[[SegmentName], StoredSegment | None]
) -> Listing:
    """The listing with all that is stored in front of and between its entries and overlaps none of them.

    `stored` is in order, and read no further than it has to be. The same listing where nothing is found.
    """
    listed = [segment.name for segment in listing.segments]
    found = fitting(takewhile(_end_of_the_past(listed).__gt__, stored), listed) if listed else []
    if not found:
        return listing
    asked = list(_with_neighbours(sorted([*listed, *found]), set(found)))
    with ThreadPoolExecutor(_AT_ONCE, "facts") as asking:
        facts = dict(zip(asked, asking.map(facts_of, asked), strict=True))
    return listing.rearranged(list(_entries(listing.segments, facts)))


def _end_of_the_past(listed: Sequence[SegmentName]) -> SegmentName:
    """The last entry that something may be missing before: often the first."""
    holes = (after for before, after in pairwise(listed) if not follows(before, after))
    return max(holes, default=listed[0])


def _with_neighbours(names: Sequence[SegmentName], found: set[SegmentName]) -> Iterator[SegmentName]:
    for index, name in enumerate(names):
        if found.intersection(names[max(0, index - 1) : index + 2]):
            yield name


def _entries(listed: Iterable[Segment], facts: Facts) -> Iterator[Segment]:
    """All of them in order: what stands behind one that is new goes on from that now, or does not."""
    entries = {segment.name: segment for segment in listed}
    before: Segment | None = None
    for name in sorted({*entries, *facts}):
        is_behind_new = before is not None and before.name not in entries
        fact, entry = facts.get(name), entries.get(name)
        if fact and (entry is None or is_behind_new):
            entry = _entry(fact, before, facts, backfilled=entry is None or entry.backfilled)
        if entry:
            yield entry
            before = entry


def _entry(fact: StoredSegment, before: Segment | None, facts: Facts, *, backfilled: bool) -> Segment:
    listed = fact.listed_after(facts.get(before.name) if before else None)
    broken = listed.discontinuity or (before is not None and not follows(before.name, fact.name))
    return replace(listed, discontinuity=broken, backfilled=backfilled)
