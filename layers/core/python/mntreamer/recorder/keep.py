"""A bundle is remuxed and stored under its own name, however often the store has to be asked."""

import logging
import threading

from mntreamer.domain.bundling import Bundle
from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.stored_segment import StoredSegment, to_metadata
from mntreamer.ports import MediaStore
from mntreamer.recorder.remux import Remuxed, remux

CONTENT_TYPE = "video/mp2t"
_RETRY_S = 1.0
_logger = logging.getLogger(__name__)


def keep_bundle(store: MediaStore, prefix: str, bundle: Bundle, give_up: threading.Event) -> StoredSegment | None:
    """Store the bundle unless its name is taken, which means that it is stored already; what is stored then.

    None if `give_up` was set before the store took it. Raises SourceError if the bytes cannot be remuxed.
    """
    remuxed = remux(bundle.pieces[0].init, [piece.body for piece in bundle.pieces])
    segment = _facts(bundle, remuxed)
    key = f"{prefix}{SEGMENTS}{segment.name.file}"
    while not give_up.is_set():
        try:
            store.put_new(key, remuxed.body, CONTENT_TYPE, to_metadata(segment))
        except Exception as error:  # noqa: BLE001 -- whatever ails the store, the segment is kept in memory until it is well
            _logger.warning("the store did not take %s: %s", segment.name.file, type(error).__name__)
            give_up.wait(_RETRY_S)
        else:
            return segment
    return None


def _facts(bundle: Bundle, remuxed: Remuxed) -> StoredSegment:
    first = bundle.pieces[0]
    return StoredSegment(
        name=bundle.name,
        duration_s=sum(piece.segment.duration_s for piece in bundle.pieces),
        program_date_time=first.segment.program_date_time,
        discontinuity=bundle.discontinuity,
        first_pts_s=remuxed.first_pts_s,
        last_pts_s=remuxed.last_pts_s,
        init_digest=first.init_digest,
        size_bytes=len(remuxed.body),
    )
