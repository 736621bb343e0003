"""On one machine the write itself is the event: what a playlist is rendered from is published once it is written."""

import logging
from pathlib import Path

from mntreamer.domain.error_place import safe_text
from mntreamer.domain.errors import SourceError
from mntreamer.domain.media_path import ACCOUNT, EDITS, SOURCE_PLAYLIST
from mntreamer.usecases.recordings.publish_playlist import publish_playlist
from mntreamer_local.files.file_store import FileStore
from mntreamer_local.files.links import LinkSigner

_logger = logging.getLogger(__name__)


class PublishingStore(FileStore):
    """A FileStore that does what the bucket's events do on AWS; `openly` as in `publish_playlist`.

    What cannot be published is logged, and published with the next write.
    """

    def __init__(self, root: Path, links: LinkSigner, min_free_bytes: int = 0, *, openly: bool = False) -> None:
        super().__init__(root, links, min_free_bytes)
        self._openly = openly

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        version = super().put(key, body, content_type, replaces)
        prefix, slash, name = key.rpartition("/")
        if name in (SOURCE_PLAYLIST, EDITS, ACCOUNT):
            self._publish(prefix + slash)
        return version

    def _publish(self, prefix: str) -> None:
        try:
            publish_playlist(self, prefix, openly=self._openly)
        except (SourceError, OSError) as error:  # whoever wrote is not to blame: what he wrote is stored
            _logger.error("%s is not published: %s", prefix, safe_text(error))
