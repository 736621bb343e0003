"""On one machine the write itself is the event: a source playlist that was written is published at once."""

from mntreamer.domain.media_path import SOURCE_PLAYLIST
from mntreamer.usecases.publish_playlist import publish_playlist
from mntreamer_local.file_store import FileStore


class PublishingStore(FileStore):
    """A FileStore that does what the bucket's event does on AWS."""

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:
        version = super().put(key, body, content_type, replaces)
        if key.endswith("/" + SOURCE_PLAYLIST):
            publish_playlist(self, key.removesuffix(SOURCE_PLAYLIST))
        return version
