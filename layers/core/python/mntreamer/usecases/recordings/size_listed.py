"""How many bytes are listed that a recording's row does not count yet."""

from collections.abc import Iterable

from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.playlists.source_playlist import Segment
from mntreamer.ports import MediaStore


def size_bytes_of(store: MediaStore, prefix: str, segments: Iterable[Segment]) -> int:
    """What these stored segments have together, asked one by one: for the few that a crash left uncounted.

    A row's `segments` and `size_bytes` are written together, and a playlist only grows at its end: what is uncounted
    are the entries from the row's `segments` on.
    """
    found = (store.metadata(f"{prefix}{SEGMENTS}{segment.name.file}") for segment in segments)
    return sum(size for _, size in filter(None, found))
