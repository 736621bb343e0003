from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mntreamer.aws.s3_media_store import S3MediaStore
from mntreamer.domain.errors import StoreFull
from mntreamer.ports import REWRITABLE_BYTES, UploadingStore
from mntreamer_local.files.file_store import FileStore
from mntreamer_local.files.links import LinkSigner
from tests.contract.conftest import BUCKET
from tests.contract.records import NOON

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

KEY = "exports/0a1b/20261122T030000Z-0a1b2c3d-1.mp4"
OTHER = KEY.replace("-1.", "-2.")
PIECE = bytes(range(256)) * 4096


def files(root: Path, min_free_bytes: int = 0) -> FileStore:
    return FileStore(root, LinkSigner(b"a secret key", lambda: NOON), min_free_bytes)


@pytest.fixture(params=["S3", "files"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> UploadingStore:
    if request.param == "files":
        return files(tmp_path)
    return S3MediaStore(request.getfixturevalue("s3"), BUCKET)


def body_of(store: UploadingStore, key: str = KEY) -> bytes | None:
    stored = store.get(key)
    return stored.body if stored else None


def break_off(store: UploadingStore, key: str, error: BaseException) -> None:
    with store.upload(key, "video/mp4") as upload:
        upload.write(PIECE * 17)
        raise error


class TestUploads:
    @pytest.mark.parametrize("pieces", [0, 1, 8, 9, 21])
    def test_what_was_written_piece_by_piece_is_one_object(self, store: UploadingStore, pieces: int) -> None:
        with store.upload(KEY, "video/mp4") as upload:
            for _ in range(pieces):
                upload.write(PIECE)
        assert body_of(store) == PIECE * pieces

    @pytest.mark.parametrize("pieces", [1, 21])
    def test_its_beginning_can_be_rewritten_at_the_end(self, store: UploadingStore, pieces: int) -> None:
        with store.upload(KEY, "video/mp4") as upload:
            for _ in range(pieces):
                upload.write(PIECE)
            upload.rewrite_beginning(b"B" * REWRITABLE_BYTES)
            upload.rewrite_beginning(b"begin")
        written = b"begin" + b"B" * (REWRITABLE_BYTES - 5) + (PIECE * pieces)[REWRITABLE_BYTES:]
        assert body_of(store) == written

    def test_nothing_behind_the_beginning_can_be_rewritten(self, store: UploadingStore) -> None:
        with store.upload(KEY, "video/mp4") as upload:
            upload.write(PIECE)
            with pytest.raises(ValueError, match="more than the beginning"):
                upload.rewrite_beginning(bytes(REWRITABLE_BYTES + 1))
        assert body_of(store) == PIECE

    def test_nobody_sees_it_before_its_end(self, store: UploadingStore) -> None:
        with store.upload(KEY, "video/mp4") as upload:
            upload.write(PIECE * 17)
            assert body_of(store) is None
            assert list(store.list_keys("exports/")) == []

    @pytest.mark.parametrize("error", [OSError(), KeyboardInterrupt()])
    def test_one_that_breaks_off_leaves_what_was_there(self, store: UploadingStore, error: BaseException) -> None:
        with store.upload(KEY, "video/mp4") as upload:
            upload.write(b"before")
        for key in (KEY, OTHER):
            with pytest.raises(type(error)):
                break_off(store, key, error)
        assert (body_of(store), body_of(store, OTHER)) == (b"before", None)

    def test_two_at_once_each_write_their_own_and_the_last_to_end_stays(self, store: UploadingStore) -> None:
        with store.upload(KEY, "video/mp4") as first, store.upload(OTHER, "video/mp4") as other:
            with store.upload(KEY, "video/mp4") as second:
                for upload, body in ((first, b"1"), (second, b"2"), (other, b"3")):
                    upload.write(body)
            assert body_of(store) == b"2"
        assert (body_of(store), body_of(store, OTHER)) == (b"1", b"3")


class TestOnS3:
    @pytest.fixture
    def bucket(self, s3: "S3Client") -> Iterator[S3MediaStore]:
        yield S3MediaStore(s3, BUCKET)
        assert s3.list_multipart_uploads(Bucket=BUCKET).get("Uploads", []) == []

    def test_part_one_is_sent_last_and_all_are_large_enough(self, s3: "S3Client", bucket: S3MediaStore) -> None:
        sent: list[tuple[int, int]] = []
        s3.meta.events.register(
            "provide-client-params.s3.UploadPart",
            lambda params, **_: sent.append((params["PartNumber"], len(params["Body"]))),
        )
        with bucket.upload(KEY, "video/mp4") as upload:
            for _ in range(27):
                upload.write(PIECE)
            assert [number for number, _ in sent] == [2, 3]
        assert [number for number, _ in sent] == [2, 3, 4, 1]
        assert min(size for number, size in sent if number != 4) >= 5 << 20
        assert s3.head_object(Bucket=BUCKET, Key=KEY)["ContentType"] == "video/mp4"

    def test_an_upload_that_breaks_off_is_aborted(self, bucket: S3MediaStore) -> None:
        with pytest.raises(OSError, match="no more"):
            break_off(bucket, KEY, OSError("no more"))


class TestOnFiles:
    def test_what_a_dead_writer_left_goes_with_the_next_upload(self, tmp_path: Path) -> None:
        store = files(tmp_path)
        left = store.path(KEY).with_name(".upload-dead")
        left.parent.mkdir(parents=True)
        left.write_bytes(PIECE)
        with store.upload(OTHER, "video/mp4") as living, store.upload(KEY, "video/mp4") as upload:
            living.write(b"of another")
            upload.write(b"whole")
        assert sorted(path.name for path in left.parent.iterdir()) == sorted([Path(KEY).name, Path(OTHER).name])

    def test_what_a_dead_writer_left_goes_with_its_export(self, tmp_path: Path) -> None:
        store = files(tmp_path)
        store.put(KEY, b"state", "application/json", None)
        store.path(KEY).with_name(".upload-dead").write_bytes(PIECE)
        store.delete([KEY])
        assert not (tmp_path / "exports").exists()

    def test_room_is_left_on_the_disk(self, tmp_path: Path) -> None:
        store = files(tmp_path, min_free_bytes=1 << 60)
        with pytest.raises(StoreFull), store.upload(KEY, "video/mp4") as upload:
            upload.write(b"too much")
        assert list(store.path(KEY).parent.iterdir()) == []
