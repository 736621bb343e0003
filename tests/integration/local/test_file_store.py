"""What a folder as the bucket does beyond the port: it leaves room on the disk."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from mntreamer.domain.errors import StoreFull
from mntreamer_local.files.file_store import FileStore
from mntreamer_local.files.links import LinkSigner
from tests.contract.records import NOON

SEGMENT = "media/a/segments/000-0000000000-0000000002.ts"
LEAST_FREE_BYTES = 1000


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path, LinkSigner(b"key", lambda: NOON), LEAST_FREE_BYTES)


def _free(monkeypatch: pytest.MonkeyPatch, free_bytes: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free_bytes))


def test_a_segment_that_would_take_the_last_of_the_disk_is_refused_and_says_what_to_do(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    _free(monkeypatch, LEAST_FREE_BYTES + 9)
    with pytest.raises(StoreFull, match="MNTREAMER_MIN_FREE_BYTES"):
        store.put_new(SEGMENT, b"ten bytes.", "video/mp2t", {})
    assert store.get(SEGMENT) is None

    _free(monkeypatch, LEAST_FREE_BYTES + 10)
    assert store.put_new(SEGMENT, b"ten bytes.", "video/mp2t", {})


def test_a_playlist_is_written_into_what_was_left_free(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    _free(monkeypatch, 0)
    assert store.put("media/a/source.m3u8", b"#EXTM3U", "application/vnd.apple.mpegurl", None)
