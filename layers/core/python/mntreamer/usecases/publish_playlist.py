"""`index.m3u8` is rendered from the source playlist and the edits, whoever else writes at the same time."""

from dataclasses import dataclass

from mntreamer.domain.edits import Edits
from mntreamer.domain.edits_file import parse_edits
from mntreamer.domain.errors import StoreConflict
from mntreamer.domain.media_path import EDITS, LIVE_PLAYLIST, PUBLISHED_PLAYLIST, SOURCE_PLAYLIST
from mntreamer.domain.published_playlist import render_live, render_published
from mntreamer.domain.timeline import source_text
from mntreamer.ports import MediaStore
from mntreamer.usecases.extend_source import PLAYLIST_TYPE


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What is rendered, and the versions that it was read in."""

    source: str
    edits: Edits
    versions: tuple[str | None, str | None]


def publish_playlist(store: MediaStore, prefix: str, *, openly: bool) -> bool:
    """Render and write until what is published is of the inputs as they are; whether there was a source.

    The index's version is read before the inputs: a writer that saw older ones finds the index changed and goes
    round, so that calls that overtake each other end in the newest state; without a source nothing is published, also
    what was written while the source was purged. `openly` published recordings are played
    from the store itself, so that the playlist for those who watch live lies there as well.
    """
    published = [PUBLISHED_PLAYLIST, LIVE_PLAYLIST] if openly else [PUBLISHED_PLAYLIST]
    while True:
        versions = {name: store.version(prefix + name) for name in published}
        inputs = _read(store, prefix)
        if inputs is None:
            store.delete([prefix + name for name, version in versions.items() if version])
            return False
        try:
            for name, replaces in versions.items():
                _write(store, prefix + name, inputs, replaces)
        except StoreConflict:
            continue
        if inputs.versions == _versions(store, prefix):
            return True


def _write(store: MediaStore, key: str, inputs: _Inputs, replaces: str | None) -> None:
    if inputs.edits.is_withdrawn:
        store.delete([key])
        return
    render = render_live if key.endswith(LIVE_PLAYLIST) else render_published
    store.put(key, render(inputs.source, inputs.edits).encode(), PLAYLIST_TYPE, replaces)


def _read(store: MediaStore, prefix: str) -> _Inputs | None:
    edits, source = store.get(prefix + EDITS), store.get(prefix + SOURCE_PLAYLIST)
    if source is None:
        return None
    read = parse_edits(edits.body) if edits else Edits()
    return _Inputs(source_text(source.body), read, (source.version, edits.version if edits else None))


def _versions(store: MediaStore, prefix: str) -> tuple[str | None, str | None]:
    return store.version(prefix + SOURCE_PLAYLIST), store.version(prefix + EDITS)
