"""Pictures of what was cut out and is given up for good go with it."""

from collections.abc import Collection

from mntreamer.domain.errors import SourceError
from mntreamer.domain.media_path import POSTER, THUMBNAIL_TRACK, THUMBNAILS
from mntreamer.domain.pictures.storyboard import Storyboard
from mntreamer.domain.pictures.thumbnail import sheet_file
from mntreamer.domain.pictures.thumbnail_track import THUMBNAIL_TRACK_TYPE, parse_track, render_track
from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.playlists.timeline import Timeline
from mntreamer.domain.recordings.recording import RecordingChanges
from mntreamer.ports import MediaStore


def purge_pictures(
    store: MediaStore, prefix: str, given_up: Collection[SegmentName], timeline: Timeline
) -> RecordingChanges:
    """What the recording's row is told then; nothing where it has no pictures.

    A sheet goes as a whole: nothing here can paint over a part of it. So do all pictures where the track is damaged.
    That is written last: what breaks off is done again. Raises StoreConflict where somebody else writes it.
    """
    stored = store.get(prefix + THUMBNAIL_TRACK)
    if stored is None:
        return RecordingChanges()
    try:
        before = parse_track(stored.body.decode(errors="replace"))
    except SourceError:
        return _without_any(store, prefix)
    after = before.without_any_of(given_up)
    if after != before:
        store.delete([prefix + name for name in _gone(before, after)])
        store.put(prefix + THUMBNAIL_TRACK, _track(after, timeline), THUMBNAIL_TRACK_TYPE, stored.version)
    return RecordingChanges(has_poster=after.poster is not None, has_thumbnails=bool(after.thumbnails))


def _without_any(store: MediaStore, prefix: str) -> RecordingChanges:
    store.delete([*store.list_keys(prefix + THUMBNAILS), prefix + POSTER, prefix + THUMBNAIL_TRACK])
    return RecordingChanges(has_poster=False, has_thumbnails=False)


def _gone(before: Storyboard, after: Storyboard) -> list[str]:
    poster = [POSTER] if before.poster != after.poster else []
    return [*poster, *(THUMBNAILS + sheet_file(sheet) for sheet in sorted(before.sheets - after.sheets))]


def _track(board: Storyboard, timeline: Timeline) -> bytes:
    begins_us = {timeline.name(position): timeline.starts_us[position] for position in range(len(timeline.files))}
    return render_track(board, begins_us).encode()
