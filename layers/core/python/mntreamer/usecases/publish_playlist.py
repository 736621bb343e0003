"""`index.m3u8` is rendered from the source playlist, whoever else writes at the same time."""

from mntreamer.domain.errors import StoreConflict
from mntreamer.domain.media_path import PUBLISHED_PLAYLIST, SOURCE_PLAYLIST
from mntreamer.domain.published_playlist import render_published
from mntreamer.domain.source_playlist import parse_source
from mntreamer.ports import MediaStore
from mntreamer.usecases.extend_source import PLAYLIST_TYPE


def publish_playlist(store: MediaStore, prefix: str) -> bool:
    """Render and write until what is published is of the inputs as they are; whether there was a source.

    The index's version is read before the source: a writer that saw an older source finds the index changed and
    goes round, so that calls that overtake each other end in the newest state.
    """
    while True:
        index_version = store.version(prefix + PUBLISHED_PLAYLIST)
        source = store.get(prefix + SOURCE_PLAYLIST)
        if source is None:
            return False
        body = render_published(parse_source(source.body.decode())).encode()
        try:
            store.put(prefix + PUBLISHED_PLAYLIST, body, PLAYLIST_TYPE, index_version)
        except StoreConflict:
            continue
        if store.version(prefix + SOURCE_PLAYLIST) == source.version:
            return True
