"""How many bytes are listed that a recording's row does not count yet."""

from collections.abc import Sequence

from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.playlists.source_playlist import Segment
from mntreamer.ports import MediaStore

# More than these are found sooner in a list of all.
_ASKED_ONE_BY_ONE = 20


def uncounted_in(listed: Sequence[Segment], counted: int) -> Sequence[Segment]:
    """The entries that a row with so many `segments` does not count, of a playlist that has ended.

    A row's `segments` and `size_bytes` are written together, and a playlist only grows at its end until it has ended:
    what is uncounted are the entries from there on, and the past, which is listed at the end.
    """
    if counted == len(listed):
        return ()
    as_it_grew = [segment for segment in listed if not segment.backfilled]
    return [*as_it_grew[counted:], *(segment for segment in listed if segment.backfilled)]


def size_bytes_of(store: MediaStore, prefix: str, segments: Sequence[Segment]) -> int:
    """What these stored segments have together."""
    keys = {f"{prefix}{SEGMENTS}{segment.name.file}" for segment in segments}
    if len(keys) > _ASKED_ONE_BY_ONE:
        return sum(size for key, size in store.list_sizes(prefix + SEGMENTS) if key in keys)
    return sum(size for _, size in filter(None, map(store.metadata, keys)))
