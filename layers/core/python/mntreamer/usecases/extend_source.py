"""The source playlist in the store grows: what is stored gets listed, and nothing listed is ever lost."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from mntreamer.domain.cover import best_cover
from mntreamer.domain.errors import SourceError, StoreConflict
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
_logger = logging.getLogger(__name__)


class Source:
    """One recording's `source.m3u8`, read once and then written under the version that was read or written last.

    `still_ours` is asked when somebody else has written meanwhile; it raises LeaseLost if they had the right to.
    `has_news`: something is listed that is not written yet.
    """

    def __init__(self, store: MediaStore, prefix: str, still_ours: Callable[[], object] = lambda: None) -> None:
        self._store = store
        self._prefix = prefix
        self._still_ours = still_ours
        self.has_news = False
        self._last_stored: StoredSegment | None = None
        self._version: str | None = None
        self.playlist = self._read()

    @property
    def last(self) -> SegmentName | None:
        """The last listed segment."""
        return self.playlist.last if self.playlist else None

    def resume(self) -> StoredSegment | None:
        """Open it for a new recorder: what is stored and not listed comes in, what had ended goes on.

        Answers with the last segment of it all. Nothing is written yet.
        """
        if self.playlist:
            self.playlist = replace(self.playlist, ended=False)
        self._list_stored()
        self._last_stored = self._last_stored or (self._facts_of(self.last) if self.last else None)
        return self._last_stored

    def append(self, stored: Iterable[StoredSegment], target_duration_s: int) -> None:
        """List segments that are stored; nothing is written yet. The target is for a playlist that begins here."""
        playlist = self.playlist or SourcePlaylist(max(1, target_duration_s))
        for segment in stored:
            playlist = appended(playlist, [segment.listed_after(self._last_stored)])
            self._last_stored = segment
        self.playlist = playlist
        self.has_news = True

    def write(self) -> None:
        """Write it; where somebody else wrote first, ours goes behind what they listed."""
        while self.playlist:
            try:
                body = render_source(self.playlist).encode()
                self._version = self._store.put(self._prefix + SOURCE_PLAYLIST, body, PLAYLIST_TYPE, self._version)
            except StoreConflict:
                self._still_ours()
                self._merge(self.playlist)
            else:
                self.has_news = False
                return

    def end(self) -> SourcePlaylist | None:
        """List what is stored, write ENDLIST; None if nothing was ever stored.

        It is written even if nothing is new, so that what its writing leads to happens, whatever was interrupted.
        """
        self._list_stored()
        if self.playlist:
            self.playlist = replace(self.playlist, ended=True)
            self.write()
        return self.playlist

    def _read(self) -> SourcePlaylist | None:
        """A damaged one is made anew from what is stored: each segment carries all that its entry says."""
        stored = self._store.get(self._prefix + SOURCE_PLAYLIST)
        self._version = stored.version if stored else None
        try:
            return parse_source(stored.body.decode(errors="replace")) if stored else None
        except SourceError as error:
            _logger.error("%s%s is made anew: %s", self._prefix, SOURCE_PLAYLIST, error)
            return None

    def _merge(self, ours: SourcePlaylist) -> None:
        theirs = self._read() or replace(ours, segments=())
        self.playlist = replace(appended(theirs, ours.segments), ended=ours.ended)

    def _list_stored(self) -> None:
        unlisted = list(self._unlisted())
        if unlisted:
            self.append(unlisted, round(max(segment.duration_s for segment in unlisted)))

    def _unlisted(self) -> Iterator[StoredSegment]:
        for name in best_cover(self._names_behind(self.last), self.last):
            if facts := self._facts_of(name):
                yield facts

    def _names_behind(self, last: SegmentName | None) -> Iterator[SegmentName]:
        folder = self._prefix + SEGMENTS
        for key in self._store.list_keys(folder, folder + last.file if last else folder):
            try:
                yield parse_segment_name(key)
            except SourceError as error:
                _logger.warning("left alone: %s", error)

    def _facts_of(self, name: SegmentName) -> StoredSegment | None:
        try:
            found = self._store.metadata(f"{self._prefix}{SEGMENTS}{name.file}")
            return from_metadata(name, *found) if found else None
        except SourceError as error:
            _logger.error("a stored segment cannot be listed: %s", error)
            return None
