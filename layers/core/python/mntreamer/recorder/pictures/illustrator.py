"""Pictures of what is listed, taken in a thread of their own: no segment ever waits for one, nor is lost with one."""

import logging
import time
from collections.abc import Sequence
from concurrent.futures import Future, wait
from math import inf
from threading import Event

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import SourceError, StoreConflict
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName
from mntreamer.domain.recordings.recording import RecordingChanges
from mntreamer.ports import MediaStore
from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.pictures.album import Album
from mntreamer.recorder.pool import Pool

_logger = logging.getLogger(__name__)


class Illustrator:
    """Of one recording. What fails is told once; the next look tries it again, but for a segment without a picture.

    `progress` is what the recording's row is told.
    """

    def __init__(self, store: MediaStore, prefix: str, remuxer: Remuxer, pace: Pace) -> None:
        self.progress = RecordingChanges()
        self._store = store
        self._prefix = prefix
        self._remuxer = remuxer
        self._pace = pace
        self._album: Album | None = None
        self._looked_at_s = -inf
        self._look: Future[None] | None = None
        self._told: set[str] = set()
        self._is_closed = Event()
        self._pool = Pool(1, "pictures")

    def look(self, listed: Sequence[Segment]) -> None:
        """Have pictures taken of what is new, if it is time and the last look is over. Returns at once."""
        now_s = time.monotonic()
        is_over = self._look is None or self._look.done()
        if listed and is_over and now_s - self._looked_at_s >= self._pace.look_every_s:
            self._looked_at_s = now_s
            self._look = self._begun(listed, is_last=False)

    def finish(self, listed: Sequence[Segment]) -> None:
        """Have the last ones taken and all of them written. Returns after `finish_pictures_s` at the most."""
        if listed and (look := self._begun(listed, is_last=True)):
            wait([look], self._pace.finish_pictures_s)

    def close(self) -> None:
        """Begin nothing more."""
        self._is_closed.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _begun(self, listed: Sequence[Segment], *, is_last: bool) -> Future[None] | None:
        try:
            return self._pool.submit(self._take_all, list(listed), is_last=is_last)
        except RuntimeError as error:  # it is closed, or there are no more threads
            self._tell("the pictures of this recording have to wait", error)
            return None

    def _take_all(self, listed: Sequence[Segment], *, is_last: bool) -> None:
        try:
            try:
                self._fill(listed, is_last=is_last)
            except StoreConflict:  # another recorder took some: what is missing goes behind those
                self._album = None
                self._fill(listed, is_last=is_last)
        except Exception as error:  # noqa: BLE001 -- whatever ails the store or a picture, the recording goes on
            self._album = None  # what is there is read anew
            self._tell("the pictures of this recording have to wait", error)

    def _fill(self, listed: Sequence[Segment], *, is_last: bool) -> None:
        album = self._album = self._album or Album(self._store, self._prefix, self._remuxer)
        for segment in album.board.wanted(listed):
            self._take(album, segment, listed)
        if is_last and album.has_news and not self._is_closed.is_set():
            album.write(listed)
        self._tell_of(album)

    def _take(self, album: Album, segment: SegmentName, listed: Sequence[Segment]) -> None:
        if self._is_closed.is_set():
            return
        try:
            album.add(segment)
        except SourceError as error:
            self._tell("a part of the recording has no picture in the timeline", error)
        else:
            if album.is_due:
                album.write(listed)
                self._tell_of(album)

    def _tell_of(self, album: Album) -> None:
        board = album.board
        self.progress = RecordingChanges(has_poster=board.poster is not None, has_thumbnails=bool(board.thumbnails))

    def _tell(self, what: str, error: Exception) -> None:
        if what not in self._told:
            self._told.add(what)
            _logger.warning("%s, and is recorded all the same: %s", what, safe_text(error))
