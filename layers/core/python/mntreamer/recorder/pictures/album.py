"""A recording's pictures in the store: what is there is gone on with, whoever took it."""

import logging
from collections.abc import Sequence

from mntreamer.domain.errors import SourceError, StoreConflict
from mntreamer.domain.media_path import POSTER, SEGMENTS, THUMBNAIL_TRACK, THUMBNAILS
from mntreamer.domain.pictures.poster import Poster, has_something_to_see, is_wanted, should_replace
from mntreamer.domain.pictures.storyboard import Storyboard, begins_us
from mntreamer.domain.pictures.thumbnail import sheet_file
from mntreamer.domain.pictures.thumbnail_track import THUMBNAIL_TRACK_TYPE, parse_track, render_track
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName
from mntreamer.ports import MediaStore
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.media.picture import Picture
from mntreamer.recorder.pictures.darkroom import drawn, taken

_JPEG_TYPE = "image/jpeg"
# Two seconds of 8 Mbps: the first key frame is within.
_BEGINNING_BYTES = 1 << 21
_logger = logging.getLogger(__name__)


class Album:
    """Read when it is made; then written under the version that was read or written last.

    `board` is what there is of it, `has_news` whether any of that is not written yet. In memory are the pictures of
    one sheet. What it does raises as the store does, and OSError where no picture can be taken just now.
    """

    def __init__(self, store: MediaStore, prefix: str, remuxer: Remuxer) -> None:
        self.has_news = False
        self._store = store
        self._prefix = prefix
        self._remuxer = remuxer
        self._pictures: dict[SegmentName, Picture] = {}
        self.board, self._version = self._read()
        self._written_poster = self.board.poster

    def add(self, segment: SegmentName) -> None:
        """Take a picture of the segment; raises SourceError where none can be taken, and never tries that again."""
        self.has_news = True
        try:
            picture = self._taken(segment, with_poster=is_wanted(self.board.poster))
        except SourceError:
            self.board = self.board.with_none_of(segment)
            raise
        self.board = self.board.with_picture(segment, picture.width, picture.height)
        self._pictures[segment] = picture
        self._show(Poster(segment, has_something_to_see(picture.planes[0])), picture.poster)

    @property
    def is_due(self) -> bool:
        """Whether what is new of it is to be written now: so few writes do, and a poster is told of at once."""
        return self.has_news and (self.board.is_to_be_written or self.board.poster != self._written_poster)

    def write(self, listed: Sequence[Segment]) -> None:
        """The last sheet, then the track that tells of it. Raises StoreConflict where somebody else wrote that."""
        if self.board.thumbnails:
            self._put(THUMBNAILS + sheet_file(self.board.last_sheet), self._sheet())
        names = (segment.name for segment in listed)
        body = render_track(self.board, dict(zip(names, begins_us(listed), strict=True))).encode()
        key = self._prefix + THUMBNAIL_TRACK
        self._version = self._store.put(key, body, THUMBNAIL_TRACK_TYPE, self._version)
        self.has_news, self._written_poster = False, self.board.poster

    def _show(self, poster: Poster, jpeg: bytes | None) -> None:
        if jpeg and should_replace(self.board.poster, poster):
            self._put(POSTER, jpeg)
            self.board = self.board.with_poster(poster)

    def _sheet(self) -> bytes:
        """What an earlier recorder took is taken again from the same segments, which gives the same pictures."""
        shown = {thumbnail.segment: thumbnail for thumbnail in self.board.on_sheet(self.board.last_sheet)}
        self._pictures = {segment: picture for segment in shown if (picture := self._again(segment))}
        return drawn(self._remuxer, ((shown[segment], picture) for segment, picture in self._pictures.items()))

    def _again(self, segment: SegmentName) -> Picture | None:
        try:
            return self._pictures.get(segment) or self._taken(segment, with_poster=False)
        except SourceError as error:
            _logger.warning("%s stays black in its sheet: %s", segment.file, error)
            return None

    def _taken(self, segment: SegmentName, *, with_poster: bool) -> Picture:
        beginning = self._store.beginning(f"{self._prefix}{SEGMENTS}{segment.file}", _BEGINNING_BYTES)
        if beginning is None:
            raise SourceError("the segment is not there any more")
        return taken(self._remuxer, beginning, with_poster=with_poster)

    def _put(self, name: str, jpeg: bytes) -> None:
        """Whoever writes it last, as the same segments have the same pictures; but nobody who knows of fewer."""
        if self._store.version(self._prefix + THUMBNAIL_TRACK) != self._version:
            raise StoreConflict("another recorder has taken pictures of this recording")
        key = self._prefix + name
        self._store.put(key, jpeg, _JPEG_TYPE, self._store.version(key))

    def _read(self) -> tuple[Storyboard, str | None]:
        stored = self._store.get(self._prefix + THUMBNAIL_TRACK)
        if stored is None:
            return Storyboard(), None
        try:
            return parse_track(stored.body.decode(errors="replace")), stored.version
        except SourceError as error:
            _logger.error("%s%s is made anew: %s", self._prefix, THUMBNAIL_TRACK, error)
            return Storyboard(), stored.version
