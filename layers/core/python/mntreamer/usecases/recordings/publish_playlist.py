"""`index.m3u8` is rendered from source playlist, edits and chapters, whoever else writes at the same time."""

from collections.abc import Mapping
from dataclasses import dataclass

from mntreamer.domain.errors import StoreConflict
from mntreamer.domain.media_path import ACCOUNT, EDITS, LIVE_PLAYLIST, PUBLISHED_PLAYLIST, SOURCE_PLAYLIST
from mntreamer.domain.playlists.published_playlist import render_live, render_published
from mntreamer.domain.playlists.timeline import source_text
from mntreamer.domain.recordings.chapter import Chapter
from mntreamer.domain.refining.edits import Edits
from mntreamer.ports import MediaStore
from mntreamer.usecases.recordings.read_chapters import read_chapters
from mntreamer.usecases.recordings.stored.source import PLAYLIST_TYPE
from mntreamer.usecases.refining.read_edits import read_edits

_RENDERED_BY = {PUBLISHED_PLAYLIST: render_published, LIVE_PLAYLIST: render_live}


_Versions = tuple[str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What is rendered, and the versions that it was read in."""

    source: str
    edits: Edits
    chapters: tuple[Chapter, ...]
    versions: _Versions


def publish_playlist(store: MediaStore, prefix: str, *, openly: bool) -> bool:
    """Render and write until what is published is of the inputs as they are; whether there was a source.

    The index's version is read before the inputs: a writer that saw older ones finds the index changed and goes
    round, so that calls that overtake each other end in the newest state; without a source nothing is published, also
    what was written while the source was purged. `openly` published recordings are played from the store itself, so
    that the playlist for those who watch live lies there as well.
    """
    published = [PUBLISHED_PLAYLIST, LIVE_PLAYLIST] if openly else [PUBLISHED_PLAYLIST]
    while True:
        versions = {name: store.version(prefix + name) for name in published}
        inputs = _read(store, prefix)
        if inputs is None:
            store.delete([prefix + name for name, version in versions.items() if version])
            return False
        if inputs.edits.is_withdrawn:
            store.delete([prefix + PUBLISHED_PLAYLIST, prefix + LIVE_PLAYLIST])
        elif not _are_written(store, prefix, inputs, versions):
            continue
        if inputs.versions == _versions(store, prefix):
            return True


def _are_written(store: MediaStore, prefix: str, inputs: _Inputs, replaced: Mapping[str, str | None]) -> bool:
    """Whether nobody else wrote one of these playlists since the versions that they replace."""
    try:
        for name, version in replaced.items():
            body = _RENDERED_BY[name](inputs.source, inputs.edits, inputs.chapters).encode()
            store.put(prefix + name, body, PLAYLIST_TYPE, version)
    except StoreConflict:
        return False
    return True


def _read(store: MediaStore, prefix: str) -> _Inputs | None:
    edits, edits_version = read_edits(store, prefix)
    chapters, account_version = read_chapters(store, prefix)
    source = store.get(prefix + SOURCE_PLAYLIST)
    if source is None:
        return None
    return _Inputs(source_text(source.body), edits, chapters, (source.version, edits_version, account_version))


def _versions(store: MediaStore, prefix: str) -> _Versions:
    return store.version(prefix + SOURCE_PLAYLIST), store.version(prefix + EDITS), store.version(prefix + ACCOUNT)
