import os
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from mntreamer.domain.errors import StoreConflict
from mntreamer.ports import MediaStore
from mntreamer_local.files.file_store import FileStore
from mntreamer_local.files.links import LinkSigner
from tests.contract.at_once import at_once

FOLDER = "media/chzzk/한글 이름_1.1f0a9c3e/2026/11/22/1/"
SEGMENT = FOLDER + "segments/001-0000000001-0000000003.ts"
PLAYLIST = FOLDER + "source.m3u8"
FACTS = {"duration-s": "6.006000", "program-date-time": "", "init": "0a1b", "title": "%ED%95%9C%20+&="}


def put_new(store: MediaStore, key: str, body: bytes = b"body") -> bool:
    return store.put_new(key, body, "video/mp2t", FACTS)


def put(store: MediaStore, body: bytes, replaces: str | None) -> str:
    return store.put(PLAYLIST, body, "application/vnd.apple.mpegurl", replaces)


class TestMediaStore:
    @pytest.mark.parametrize("body", [b"", bytes(range(256)) * 4096])
    def test_an_object_comes_back_byte_for_byte(self, store: MediaStore, body: bytes) -> None:
        assert put_new(store, SEGMENT, body) is True
        stored = store.get(SEGMENT)
        assert stored
        assert stored.body == body
        assert stored.version == store.version(SEGMENT)

    @pytest.mark.parametrize("body", [b"", b"short", b"longer than what is wanted"])
    def test_the_beginning_of_an_object_is_all_that_it_has_at_the_most(self, store: MediaStore, body: bytes) -> None:
        put_new(store, SEGMENT, body)
        assert store.beginning(SEGMENT, 6) == body[:6]
        assert store.beginning(PLAYLIST, 6) is None

    def test_metadata_come_back_with_the_size(self, store: MediaStore) -> None:
        put_new(store, SEGMENT, b"twelve bytes")
        assert store.metadata(SEGMENT) == (FACTS, 12)

    def test_what_is_not_there_is_none(self, store: MediaStore) -> None:
        put_new(store, SEGMENT)
        for key in (PLAYLIST, FOLDER + "segments/other.ts", "media/none"):
            assert store.get(key) is None
            assert store.version(key) is None
            assert store.metadata(key) is None

    def test_put_new_never_overwrites(self, store: MediaStore) -> None:
        put_new(store, SEGMENT, b"first")
        assert store.put_new(SEGMENT, b"second", "video/mp2t", {"of": "the second"}) is False
        stored = store.get(SEGMENT)
        assert stored
        assert stored.body == b"first"
        assert store.metadata(SEGMENT) == (FACTS, 5)

    def test_of_many_who_put_new_one_does_with_its_own_metadata(self, store: MediaStore) -> None:
        def put_own(number: int) -> bool:
            return store.put_new(SEGMENT, str(number).encode(), "video/mp2t", {"by": str(number)})

        winners = [str(number) for number, won in enumerate(at_once(put_own)) if won]
        stored = store.get(SEGMENT)
        assert stored
        assert winners == [stored.body.decode()]
        assert store.metadata(SEGMENT) == ({"by": winners[0]}, 1)

    def test_put_replaces_the_version_that_was_read(self, store: MediaStore) -> None:
        first = put(store, b"first", None)
        assert store.version(PLAYLIST) == first
        second = put(store, b"second", first)
        stored = store.get(PLAYLIST)
        assert stored
        assert (stored.body, stored.version) == (b"second", second)
        assert second != first

    def test_put_over_another_version_is_a_conflict(self, store: MediaStore) -> None:
        first = put(store, b"first", None)
        second = put(store, b"second", first)
        for stale in (None, first):
            with pytest.raises(StoreConflict):
                put(store, b"late", stale)
        stored = store.get(PLAYLIST)
        assert stored
        assert (stored.body, stored.version) == (b"second", second)

    def test_put_over_what_is_gone_is_a_conflict(self, store: MediaStore) -> None:
        put_new(store, SEGMENT, b"elsewhere")
        version = store.version(SEGMENT)
        with pytest.raises(StoreConflict):
            put(store, b"late", version)
        assert store.get(PLAYLIST) is None

    def test_of_many_who_replace_one_version_one_does(self, store: MediaStore) -> None:
        first = put(store, b"first", None)

        def replace(number: int) -> str | None:
            try:
                return put(store, f"by {number}".encode(), first)
            except StoreConflict:
                return None

        assert [version for version in at_once(replace) if version] == [store.version(PLAYLIST)]

    def test_keys_are_listed_in_order_below_a_prefix(self, store: MediaStore) -> None:
        names = ["001-0000000001-0000000003.ts", "001-0000000004-0000000006.ts", "002-0000000001-0000000003.ts"]
        for name in reversed(names):
            put_new(store, f"{FOLDER}segments/{name}")
        put(store, b"list", None)
        put_new(store, FOLDER.replace("/1/", "/10/") + "segments/" + names[0])
        keys = [f"{FOLDER}segments/{name}" for name in names]
        assert list(store.list_keys(FOLDER + "segments/")) == keys
        assert list(store.list_keys(FOLDER)) == [*keys, PLAYLIST]
        assert list(store.list_keys(FOLDER + "segments/001-")) == keys[:2]
        assert list(store.list_keys(FOLDER + "segments/", after=FOLDER + "segments/")) == keys

    def test_listing_goes_on_behind_a_key(self, store: MediaStore) -> None:
        keys = [f"{FOLDER}segments/{number:04d}.ts" for number in range(5)]
        for key in keys:
            put_new(store, key)
        folder = FOLDER + "segments/"
        assert list(store.list_keys(folder, after=keys[2])) == keys[3:]
        assert list(store.list_keys(folder, after=folder + "0002")) == keys[2:]
        assert list(store.list_keys(folder, after=keys[4])) == []

    def test_an_empty_folder_lists_nothing(self, store: MediaStore) -> None:
        assert list(store.list_keys(FOLDER)) == []

    def test_a_long_listing_is_complete(self, store: MediaStore) -> None:
        keys = [f"{FOLDER}segments/{number:05d}.ts" for number in range(1005)]
        for key in keys:
            put_new(store, key, b"")
        assert list(store.list_keys(FOLDER)) == keys

    def test_a_link_names_the_object_and_is_signed(self, store: MediaStore) -> None:
        put_new(store, SEGMENT)
        link = urlsplit(store.link(SEGMENT, 600))
        assert unquote(link.path).endswith(SEGMENT)
        assert "ignature=" in link.query

    def test_the_public_url_names_the_object_and_is_not_signed(self, store: MediaStore) -> None:
        url = urlsplit(store.public_url(SEGMENT))
        assert unquote(url.path).endswith(SEGMENT)
        assert url.path.isascii()
        assert url.query == ""


class TestDeleting:
    def test_what_is_deleted_is_gone_with_its_metadata_and_nothing_else_is(self, store: MediaStore) -> None:
        doomed = [f"{FOLDER}segments/{number:05d}.ts" for number in range(3)]
        neighbours = [FOLDER.replace("/1/", "/10/") + "segments/00000.ts", FOLDER + "segments/000001.ts"]
        for key in (*doomed, *neighbours):
            put_new(store, key)
        put(store, b"list", None)

        store.delete([*doomed, PLAYLIST])

        assert list(store.list_keys("media/")) == sorted(neighbours)
        assert [store.metadata(key) for key in doomed] == [None] * 3
        assert [store.metadata(key) for key in neighbours] == [(FACTS, 4)] * 2
        assert store.version(PLAYLIST) is None

    def test_what_is_not_there_is_no_trouble(self, store: MediaStore) -> None:
        put_new(store, SEGMENT)

        store.delete([PLAYLIST, FOLDER + "segments/none.ts", "media/none/none/none.ts"])
        store.delete([])

        assert list(store.list_keys("media/")) == [SEGMENT]

    def test_more_than_one_request_can_name_are_deleted(self, store: MediaStore) -> None:
        keys = [f"{FOLDER}segments/{number:05d}.ts" for number in range(1005)]
        for key in keys:
            put_new(store, key, b"")

        store.delete(iter(keys[:-1]))

        assert list(store.list_keys(FOLDER)) == keys[-1:]

    def test_a_key_can_be_used_again(self, store: MediaStore) -> None:
        put_new(store, SEGMENT, b"first")
        store.delete([SEGMENT])

        assert store.put_new(SEGMENT, b"second", "video/mp2t", {"of": "the second"}) is True
        assert store.metadata(SEGMENT) == ({"of": "the second"}, 6)


class TestSizes:
    def test_each_key_comes_with_its_size_in_order(self, store: MediaStore) -> None:
        keys = [f"{FOLDER}segments/{number:05d}.ts" for number in range(3)]
        for size, key in enumerate(keys):
            put_new(store, key, b"x" * size)
        put_new(store, FOLDER.replace("/1/", "/10/") + "segments/00000.ts")

        assert list(store.list_sizes(FOLDER)) == [(key, size) for size, key in enumerate(keys)]


class _FullDisk:
    """Syncs so many times, then no more."""

    def __init__(self, syncs: int) -> None:
        self._syncs = syncs

    def __call__(self, _descriptor: int) -> None:
        if not self._syncs:
            raise OSError("No space left on device")
        self._syncs -= 1


class TestFiles:
    """What only a folder can get wrong."""

    @pytest.fixture
    def files(self, tmp_path: Path) -> FileStore:
        return FileStore(tmp_path, LinkSigner(b"a secret key", lambda: datetime.now(UTC)))

    @pytest.mark.parametrize("syncs", [0, 1])
    def test_a_write_that_fails_leaves_the_folder_as_it_was(
        self, files: FileStore, monkeypatch: pytest.MonkeyPatch, syncs: int
    ) -> None:
        put_new(files, SEGMENT)
        folder = files.path(SEGMENT).parent
        before = sorted(folder.iterdir())
        monkeypatch.setattr(os, "fsync", _FullDisk(syncs))

        with pytest.raises(OSError, match="No space left"):
            put_new(files, SEGMENT.replace("003.ts", "004.ts"))

        assert sorted(folder.iterdir()) == before

    def test_what_was_answered_is_safe_on_disk_with_every_folder_to_it(
        self, files: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        synced: list[int] = []
        monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))

        put_new(files, SEGMENT)
        new = files.path(SEGMENT)
        assert {path.stat().st_ino for path in (new, *new.parents) if path.is_relative_to(tmp_path)} <= set(synced)
        assert synced[-1] == new.parent.stat().st_ino

        synced.clear()
        put(files, b"first", None)
        playlist = files.path(PLAYLIST)
        assert synced == [playlist.stat().st_ino, playlist.parent.stat().st_ino]
