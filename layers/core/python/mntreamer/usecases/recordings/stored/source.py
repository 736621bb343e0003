"""The source playlist in the store grows: what is stored gets listed, and nothing listed is ever lost."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import zip_longest

from mntreamer.domain.errors import SourceError, StoreConflict
from mntreamer.domain.media_path import SEGMENTS, SOURCE_PLAYLIST
from mntreamer.domain.playlists.listing import Listing
from mntreamer.domain.playlists.source_playlist import (
    SegmentName,
    SourcePlaylist,
    follows,
    parse_segment_name,
    parse_source,
)
from mntreamer.domain.recordings.gap import Place
from mntreamer.domain.segments.cover import best_cover
from mntreamer.domain.segments.stored_segment import StoredSegment, from_metadata
from mntreamer.ports import MediaStore
from mntreamer.usecases.recordings.list_past import with_past

PLAYLIST_TYPE = "application/vnd.apple.mpegurl"
_logger = logging.getLogger(__name__)


class Source:
    """One recording's `source.m3u8`: its `listing`, and the version under which it may be written.

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
        self.listing = Listing(self._read())

    def resume(self, until: StoredSegment | None = None) -> StoredSegment | None:
        """Open it for a new recorder: what is stored and not listed comes in, what had ended goes on.

        Nothing that begins behind `until`, where another may be storing something before it. Answers with the last
        segment of it all. Nothing is written yet.
        """
        self.listing.ended = False
        if until:
            self.fill([until], round(until.duration_s), skips=True)
        else:
            self._list_stored()
        last = self.listing.last
        self._last_stored = self._last_stored or (self._facts_of(last) if last else None)
        return self._last_stored

    def fill(
        self, own: Sequence[StoredSegment], target_duration_s: int, *, skips: bool, lost: Collection[Place] = ()
    ) -> list[StoredSegment]:
        """List what is stored up to the last of `own`, whoever stored it: where one lacks something, another has it.

        Unless it `skips` those, up to the first that is missing all the same, and not what ends before one of the
        `lost`: a longer piece may have both. What was listed; nothing is written yet.
        """
        known, frontier = {segment.name: segment for segment in own}, own[-1].name
        cover = best_cover(self._names_behind(self.listing.last), self.listing.last)
        listed: list[StoredSegment] = []
        for name, after in zip_longest(cover, cover[1:]):
            is_beyond = (name.epoch, name.first) > (frontier.epoch, frontier.last)
            if is_beyond or not (skips or self._goes_on_with(name, after, lost)):
                break
            if segment := known.get(name) or self._facts_of(name):
                self.append([segment], target_duration_s)
                listed.append(segment)
        return listed

    def append(self, stored: Iterable[StoredSegment], target_duration_s: int) -> None:
        """List segments that are stored; nothing is written yet. The target is for a playlist that begins here."""
        for segment in stored:
            self.listing.append([segment.listed_after(self._last_stored)], target_duration_s)
            self._last_stored = segment
        self.has_news = True

    def write(self) -> None:
        """Write it; where somebody else wrote first, ours goes behind what they listed."""
        while self.listing.last:
            body = self.listing.body
            try:
                self._version = self._store.put(self._prefix + SOURCE_PLAYLIST, body, PLAYLIST_TYPE, self._version)
            except StoreConflict:
                self._still_ours()
                self.listing = self.listing.merged_into(self._read())
            else:
                self.has_news = False
                return

    def end(self) -> SourcePlaylist | None:
        """List what is stored, the past as well, write ENDLIST; None if nothing was ever stored.

        It is written even if nothing is new, so that what its writing leads to happens, whatever was interrupted.
        """
        written: Listing | None = None
        while self.listing is not written:  # where somebody else wrote first, theirs has no past
            self._list_stored()
            self.listing.ended = True
            written = self.listing = with_past(self.listing, self._names_behind(None), self._facts_of)
            self.write()
        return self.listing.playlist

    def _goes_on_with(self, name: SegmentName, after: SegmentName | None, lost: Collection[Place]) -> bool:
        last = self.listing.last
        is_followed = after is not None and follows(name, after)
        return (last is None or follows(last, name)) and (is_followed or (name.epoch, name.last + 1) not in lost)

    def _read(self) -> SourcePlaylist | None:
        """A damaged one is made anew from what is stored: each segment carries all that its entry says."""
        stored = self._store.get(self._prefix + SOURCE_PLAYLIST)
        self._version = stored.version if stored else None
        try:
            return parse_source(stored.body.decode(errors="replace")) if stored else None
        except SourceError as error:
            _logger.error("%s%s is made anew: %s", self._prefix, SOURCE_PLAYLIST, error)
            return None

    def _list_stored(self) -> None:
        unlisted = list(self._unlisted())
        if unlisted:
            self.append(unlisted, round(max(segment.duration_s for segment in unlisted)))

    def _unlisted(self) -> Iterator[StoredSegment]:
        for name in best_cover(self._names_behind(self.listing.last), self.listing.last):
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
