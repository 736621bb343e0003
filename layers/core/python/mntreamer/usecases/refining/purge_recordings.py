"""What people have given up is deleted for good: deleted recordings as a whole, and what was cut out of others."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mntreamer.correlation import correlate, correlated
from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.errors import SourceError
from mntreamer.domain.media_path import EDITS, SEGMENTS, SOURCE_PLAYLIST, is_recording_prefix
from mntreamer.domain.playlists.source_playlist import SegmentName, parse_segment_name
from mntreamer.domain.recordings.lifecycle import REFINED, nothing_left
from mntreamer.domain.recordings.purgeable import purgeable_in
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.ports import MediaStore, Ports
from mntreamer.usecases.exports.remove_exports import remove_exports
from mntreamer.usecases.refining.edit_recording import Edited, edits_of
from mntreamer.usecases.refining.purge_pictures import purge_pictures
from mntreamer.usecases.refining.rewrite_recording import write_as_read

_RECORDINGS = 100
# One request to S3; on one machine other writers wait for so many.
_AT_ONCE = 1000
_logger = logging.getLogger(__name__)


def purge_recordings(ports: Ports, limit: int) -> int:
    """Delete at the most `limit` objects of the recordings whose `purge_at` has come; how many it were.

    What is left, and what breaks off, the next call goes on with.
    """
    left = limit
    for recording_id in ports.recordings.due_purges(ports.clock(), _RECORDINGS):
        if left > 0:
            left -= _purge_safely(ports, recording_id, left)
    return limit - left


def _purge_safely(ports: Ports, recording_id: str, limit: int) -> int:
    with correlated():
        try:
            return _purge(ports, recording_id, limit)
        except Exception as error:  # noqa: BLE001 -- it stays due, and others have their turn
            _logger.error("%s could not be purged, which is tried again: %s", recording_id, kind_and_place(error))
            return 0


def _purge(ports: Ports, recording_id: str, limit: int) -> int:
    """The row decides: the list of those that are due may lag."""
    recording = ports.recordings.get(recording_id)
    if recording is None or recording.purge_at is None or recording.purge_at > ports.clock():
        return 0
    correlate(recording.prefix)
    if recording.status is RecordingStatus.TERMINATED:
        return _purge_deleted(ports, recording, limit)
    return _purge_cuts(ports, recording, limit) if recording.status in REFINED else 0


def _purge_deleted(ports: Ports, recording: Recording, limit: int) -> int:
    """From the moment that it begins nothing can be restored; it is over when a listing finds nothing."""
    began_at = recording.purge_began_at or ports.clock()
    begun = write_as_read(ports, recording, {"purge_began_at": began_at})
    if begun is None:
        return 0
    purged = _delete(ports.store, _everything(ports.store, begun.prefix)[:limit])
    if any(ports.store.list_keys(begun.prefix)):
        return purged
    remove_exports(ports.store, begun.recording_id)
    if write_as_read(ports, begun, nothing_left(begun, ports.clock())) and not begun.purged_at:
        _logger.info("%s is deleted for good: %s", begun.channel_name, begun.prefix)
    return purged


def _everything(store: MediaStore, prefix: str) -> list[str]:
    """The source first and the edits last: no publisher that is late finds a source that nobody withdrew."""
    if not is_recording_prefix(prefix):
        raise ValueError(f"{prefix!r} is not where a recording lies; nothing below it is deleted")
    source, edits = prefix + SOURCE_PLAYLIST, prefix + EDITS
    return sorted(store.list_keys(prefix), key=lambda key: (key != source, key == edits))


def _purge_cuts(ports: Ports, recording: Recording, limit: int) -> int:
    """Its size is what the store has then, however often this breaks off."""
    folder = recording.prefix + SEGMENTS
    edited = edits_of(ports, recording)
    kept, covered = _sides_of_the_cuts(edited)
    sizes = dict(_sizes_in(ports.store, folder))
    doomed = [folder + name.file for name in purgeable_in(sorted(sizes.keys() - kept), covered)]
    purged = _delete(ports.store, doomed[:limit])
    if purged < len(doomed):
        return purged
    pictures = purge_pictures(ports.store, recording.prefix, covered, edited.timeline)
    kept_bytes = sum(sizes.get(name, 0) for name in kept)
    if write_as_read(ports, recording, pictures | {"purge_at": None, "size_bytes": kept_bytes}):
        _logger.info("%s: %d segments that were cut out are deleted for good", recording.prefix, len(covered))
    return purged


def _sizes_in(store: MediaStore, folder: str) -> Iterator[tuple[SegmentName, int]]:
    for key, size_bytes in store.list_sizes(folder):
        try:
            yield parse_segment_name(key), size_bytes
        except SourceError as error:
            _logger.warning("left alone: %s", error)


def _sides_of_the_cuts(edited: Edited) -> tuple[set[SegmentName], set[SegmentName]]:
    """The listed segments that stay, and those that a cut covers which was given up."""
    given_up = replace(edited.edits, cuts=tuple(cut for cut in edited.edits.cuts if cut.is_purged))
    positions = given_up.cut_positions(edited.timeline)
    listed = {edited.timeline.name(position) for position in range(len(edited.timeline.files))}
    covered = {edited.timeline.name(position) for position in positions}
    return listed - covered, covered


def _delete(store: MediaStore, keys: Sequence[str]) -> int:
    """In portions; how many."""
    for begin in range(0, len(keys), _AT_ONCE):
        store.delete(keys[begin : begin + _AT_ONCE])
    return len(keys)
