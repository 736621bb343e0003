"""Of a recording that is withdrawn nothing is left to be played, and a store that deletes nothing says so."""

from collections.abc import Iterable

import pytest

from mntreamer.domain.errors import StoreConflict
from mntreamer.domain.playlists.source_playlist import Segment, SegmentName, SourcePlaylist, render_source
from mntreamer.domain.refining.edits import Edits
from mntreamer.domain.refining.edits_file import render_edits
from mntreamer.usecases.recordings.publish_playlist import publish_playlist
from mntreamer.usecases.recordings.stored.source import PLAYLIST_TYPE
from tests.state.memory_store import MemoryStore

PREFIX = "media/chzzk/c1/2026/11/22/1/"
SOURCE = render_source(SourcePlaylist(6, (Segment(SegmentName(0, 0, 2), 6.0),), ended=True))


class IllStore(MemoryStore):
    """Deletes nothing, as S3 may say of each object by itself."""

    def delete(self, keys: Iterable[str]) -> None:
        raise StoreConflict(f"{len(list(keys))} objects could not be deleted (InternalError)")


def _published(store: MemoryStore) -> MemoryStore:
    store.put(f"{PREFIX}source.m3u8", SOURCE.encode(), PLAYLIST_TYPE, None)
    publish_playlist(store, PREFIX, openly=True)
    store.put(f"{PREFIX}edits.json", render_edits(Edits(is_withdrawn=True)).encode(), "application/json", None)
    return store


@pytest.mark.parametrize("openly", [True, False])
def test_both_playlists_go_whether_or_not_it_is_still_played_openly(*, openly: bool) -> None:
    store = _published(MemoryStore())

    publish_playlist(store, PREFIX, openly=openly)

    assert [key.removeprefix(PREFIX) for key in store.list_keys(PREFIX)] == ["edits.json", "source.m3u8"]


def test_a_store_that_does_not_delete_is_not_asked_for_ever() -> None:
    with pytest.raises(StoreConflict):
        publish_playlist(_published(IllStore()), PREFIX, openly=True)
