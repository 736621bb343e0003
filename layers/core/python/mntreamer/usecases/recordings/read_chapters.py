"""The chapters of a recording, for whoever renders its playlists."""

import logging

from mntreamer.domain.errors import SourceError
from mntreamer.domain.media_path import ACCOUNT
from mntreamer.domain.recordings.account import noted_in
from mntreamer.domain.recordings.chapter import Chapter
from mntreamer.ports import MediaStore

_logger = logging.getLogger(__name__)


def read_chapters(store: MediaStore, prefix: str) -> tuple[tuple[Chapter, ...], str | None]:
    """They, and the version that they were read in, None where there are none yet.

    Of a damaged account there are none: it is made anew, and what is recorded plays without.
    """
    stored = store.get(prefix + ACCOUNT)
    if stored is None:
        return (), None
    try:
        return noted_in(stored.body.decode(errors="replace")).chapters, stored.version
    except SourceError as error:
        _logger.warning("%s is published without chapters: %s", prefix, error)
        return (), stored.version
