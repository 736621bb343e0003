"""The source playlist in the store grows: what is stored gets listed, and nothing listed is ever lost."""

from collections.abc import Callable, Iterable, Iterator

from mntreamer.domain.cover import best_cover
from mntreamer.domain.errors import StoreConflict
from mntreamer.domain.media_path import SEGMENTS, SOURCE_PLAYLIST
from mntreamer.domain.source_playlist import (
    SegmentName,
    SourcePlaylist,
    appended,
    parse_segment_name,
    parse_source,
    render_source,
)
from mntreamer.domain.stored_segment import StoredSegment, from_metadata
from mntreamer.ports import MediaStore

PLAYLIST_TYPE = "application/vnd.apple.mpegurl"


class Source:
    """One recording's `source.m3u8`, read once and then written under the version that was read or written last.

    `still_ours` is asked when somebody else has written meanwhile; it raises LeaseLost if they had the right to.
    """

    def __init__(self, store: MediaStore, prefix: str, still_ours: Callable[[], object] = lambda: None) -> None:
        self._store = store
        self._prefix = prefix
        self._still_ours = still_ours
        self.playlist: SourcePlaylist | None = None
        self._version: str | None = None
        self._load()

    @property
    def last(self) -> SegmentName | None:
        """The last listed segment."""
        return self.playlist.segments[-1].name if self.playlist and self.playlist.segments else None

    def resume(self) -> bool:
        """Open it for a new recorder: what is stored and not listed comes in, what had ended goes on.

        Whether anything came in. Nothing is written yet.
        """
        if self.playlist and self.playlist.ended:
            self.playlist = SourcePlaylist(self.playlist.target_duration_s, self.playlist.segments)
        return self._list_stored()

    def append(self, stored: Iterable[StoredSegment], target_duration_s: int) -> None:
        """List segments that are stored. Nothing is written yet."""
        playlist = self.playlist or SourcePlaylist(target_duration_s)
        for segment in stored:
            playlist = appended(playlist, [segment.listed_after(_last_name(playlist))])
        self.playlist = playlist

    def write(self) -> None:
        """Write it; where somebody else wrote first, ours goes behind what they listed."""
        while self.playlist:
            try:
                body = render_source(self.playlist).encode()
                key = self._prefix + SOURCE_PLAYLIST
                self._version = self._store.put(key, body, PLAYLIST_TYPE, self._version)
            except StoreConflict:
                self._still_ours()
                self._merge()
            else:
                return

    def end(self) -> SourcePlaylist | None:
        """List what is stored, write ENDLIST; None if nothing was ever stored. Repeating it changes nothing."""
        self._list_stored()
        if self.playlist and not self.playlist.ended:
            self.playlist = SourcePlaylist(self.playlist.target_duration_s, self.playlist.segments, ended=True)
            self.write()
        return self.playlist

    def facts_of(self, name: SegmentName) -> StoredSegment | None:
        """What is stored under that name."""
        found = self._store.metadata(f"{self._prefix}{SEGMENTS}{name.file}")
        return from_metadata(name, *found) if found else None

    def _load(self) -> None:
        stored = self._store.get(self._prefix + SOURCE_PLAYLIST)
        self._version = stored.version if stored else None
        self.playlist = parse_source(stored.body.decode()) if stored else None

    def _merge(self) -> None:
        ours, ended = (self.playlist.segments, self.playlist.ended) if self.playlist else ((), False)
        target_duration_s = self.playlist.target_duration_s if self.playlist else 1
        self._load()
        merged = appended(self.playlist or SourcePlaylist(target_duration_s), ours)
        self.playlist = SourcePlaylist(merged.target_duration_s, merged.segments, ended)

    def _list_stored(self) -> bool:
        unlisted = list(self._unlisted())
        if unlisted:
            longest = max(segment.duration_s for segment in unlisted)
            self.append(unlisted, max(1, round(longest)))
        return bool(unlisted)

    def _unlisted(self) -> Iterator[StoredSegment]:
        folder = self._prefix + SEGMENTS
        after = folder + self.last.file if self.last else folder
        names = (parse_segment_name(key) for key in self._store.list_keys(folder, after))
        for name in best_cover(names, self.last):
            if facts := self.facts_of(name):
                yield facts


def _last_name(playlist: SourcePlaylist) -> SegmentName | None:
    return playlist.segments[-1].name if playlist.segments else None
