"""A bundle is remuxed and stored under its own name, however often the store has to be asked."""

import logging
import threading
from collections.abc import Iterator

from mntreamer.domain.bundling import Bundle
from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.errors import SourceError
from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.stored_segment import StoredSegment, to_metadata
from mntreamer.ports import MediaStore
from mntreamer.recorder.remux import Remuxed, remux

CONTENT_TYPE = "video/mp2t"
_RETRY_S = 1.0
# Sources round what they list, and lag by the odd picture; a segment that is farther off than this is not whole.
_ROUNDED_S = 0.5
_logger = logging.getLogger(__name__)


def keep_bundle(store: MediaStore, prefix: str, bundle: Bundle, give_up: threading.Event) -> list[StoredSegment]:
    """Store the bundle unless its name is taken, which means that it is stored already; the segments that are kept.

    Usually one. Where FFmpeg does not take the bundle as a whole, each source segment that it takes becomes one of
    its own. What the store has not taken when `give_up` is set is left out.
    """
    kept = []
    for part, remuxed in _remuxed(bundle):
        segment = _facts(part, remuxed)
        if not _store(store, f"{prefix}{SEGMENTS}{segment.name.file}", segment, remuxed.body, give_up):
            break
        kept.append(segment)
    return kept


def _remuxed(bundle: Bundle) -> Iterator[tuple[Bundle, Remuxed]]:
    try:
        yield bundle, remux(bundle.pieces[0].init, [piece.body for piece in bundle.pieces])
    except SourceError as error:
        _logger.warning("%s cannot be made: %s", bundle.name.file, error)
        for single in bundle.singles() if len(bundle.pieces) > 1 else ():
            yield from _remuxed(single)


def _store(store: MediaStore, key: str, segment: StoredSegment, body: bytes, give_up: threading.Event) -> bool:
    while not give_up.is_set():
        try:
            store.put_new(key, body, CONTENT_TYPE, to_metadata(segment))
        except Exception as error:  # noqa: BLE001 -- whatever ails the store, the segment is kept in memory until it is well
            why = error.strerror if isinstance(error, OSError) else kind_and_place(error)
            _logger.warning("the store did not take %s: %s", segment.name.file, why)
            give_up.wait(_RETRY_S)
        else:
            return True
    return False


def _facts(bundle: Bundle, remuxed: Remuxed) -> StoredSegment:
    first = bundle.pieces[0]
    return StoredSegment(
        name=bundle.name,
        duration_s=_duration_s(bundle, remuxed),
        program_date_time=first.segment.program_date_time,
        discontinuity=bundle.discontinuity,
        first_pts_s=remuxed.first_pts_s,
        last_pts_s=remuxed.last_pts_s,
        init_digest=first.init_digest,
        size_bytes=len(remuxed.body),
    )


def _duration_s(bundle: Bundle, remuxed: Remuxed) -> float:
    """The media's own duration, to which players hold us by fractions of a millisecond, or else the listed one."""
    listed_s = sum(piece.segment.duration_s for piece in bundle.pieces)
    if abs(remuxed.duration_s - listed_s) <= _ROUNDED_S:
        return remuxed.duration_s
    _logger.warning("%s lasts %.3f s and is listed with %.3f s", bundle.name.file, remuxed.duration_s, listed_s)
    return listed_s
