"""How many bytes all that is listed of a recording has."""

from collections.abc import Sequence

from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.playlists.source_playlist import Segment
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import MediaStore

# More than these are found sooner in a list of all.
_ASKED_ONE_BY_ONE = 20


def size_bytes_listed(store: MediaStore, recording: Recording, listed: Sequence[Segment]) -> int:
    """Only what its row does not count is looked at.

    A row's `segments` and `size_bytes` are written together, and a playlist grows at its end alone. Not so where the
    past is listed in front or between: then all of it is counted anew.
    """
    if recording.segments == len(listed):
        return recording.size_bytes
    if any(segment.backfilled for segment in listed):
        return _size_bytes_of(store, recording.prefix, listed)
    return recording.size_bytes + _size_bytes_of(store, recording.prefix, listed[recording.segments :])


def _size_bytes_of(store: MediaStore, prefix: str, segments: Sequence[Segment]) -> int:
    keys = {f"{prefix}{SEGMENTS}{segment.name.file}" for segment in segments}
    if len(keys) > _ASKED_ONE_BY_ONE:
        return sum(size for key, size in store.list_sizes(prefix + SEGMENTS) if key in keys)
    return sum(size for _, size in filter(None, map(store.metadata, keys)))
