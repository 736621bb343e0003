"""The port `MediaStore` on a folder: a key is a path below it."""

import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from mntreamer.domain.errors import BadInput, StoreConflict, StoreFull
from mntreamer.ports import StoredObject, Upload
from mntreamer_local.files.file_upload import FileUpload, remove_abandoned, unfinished_file
from mntreamer_local.files.links import LinkSigner


class FileStore:
    """Objects are plain files, written beside their place and moved into it, so that no reader sees half of one.

    An object's metadata lie beside it in a hidden file, written first: media without metadata does not occur.
    A version is the file's identity, so that asking for it reads nothing of a playlist that may be megabytes.
    `put_new` leaves `min_free_bytes` of the disk to others, and to what little is put: it raises StoreFull.
    """

    def __init__(self, root: Path, links: LinkSigner, min_free_bytes: int = 0) -> None:
        self._root = root.resolve()
        self._links = links
        self._min_free_bytes = min_free_bytes

    def put_new(self, key: str, body: bytes, content_type: str, metadata: Mapping[str, str]) -> bool:  # noqa: ARG002 -- files carry their type in their name
        path = self.path(key)
        self._require_room(len(body))
        facts = json.dumps(dict(metadata)).encode()
        with _written_beside(path, body) as new, _written_beside(path, facts) as new_facts, self._one_writer():
            if path.exists():
                return False
            new_facts.replace(_metadata_path(path))
            new.replace(path)
            _sync(path.parent)
        _drop_from_cache(path)
        return True

    def put(self, key: str, body: bytes, content_type: str, replaces: str | None) -> str:  # noqa: ARG002 -- as above
        path = self.path(key)
        with _written_beside(path, body) as new, self._one_writer():
            if self.version(key) != replaces:
                raise StoreConflict(f"{path.name} was written by somebody else meanwhile; read it again")
            version = _version(new.stat())
            new.replace(path)
            _sync(path.parent)
        return version

    @contextmanager
    def upload(self, key: str, content_type: str) -> Iterator[Upload]:  # noqa: ARG002 -- as above
        path = self.path(key)
        _make_folder(path.parent)
        with unfinished_file(path, self._one_writer) as file:
            yield FileUpload(file, self._require_room)
        _sync(path.parent)

    def remove_abandoned(self, key: str) -> None:
        """Remove what dead writers of uploads left beside the key."""
        with self._one_writer():
            remove_abandoned(self.path(key).parent)

    def get(self, key: str) -> StoredObject | None:
        try:
            with self.path(key).open("rb") as file:
                return StoredObject(file.read(), _version(os.fstat(file.fileno())))
        except FileNotFoundError:
            return None

    def beginning(self, key: str, size_bytes: int) -> bytes | None:
        try:
            with self.path(key).open("rb") as file:
                return file.read(size_bytes)
        except FileNotFoundError:
            return None

    def version(self, key: str) -> str | None:
        try:
            return _version(self.path(key).stat())
        except FileNotFoundError:
            return None

    def metadata(self, key: str) -> tuple[Mapping[str, str], int] | None:
        path = self.path(key)
        try:
            return json.loads(_metadata_path(path).read_bytes()), path.stat().st_size
        except FileNotFoundError:
            return None  # no such object, or one that somebody put there without its facts

    def delete(self, keys: Iterable[str]) -> None:
        with self._one_writer():
            paths = [self.path(key) for key in keys]
            for path in paths:
                path.unlink(missing_ok=True)
                _metadata_path(path).unlink(missing_ok=True)
            for folder in {path.parent for path in paths}:
                remove_abandoned(folder)
                self._remove_empty(folder)

    def list_keys(self, prefix: str, after: str = "") -> Iterator[str]:
        folder = self.path(prefix.rpartition("/")[0])
        keys = (path.relative_to(self._root).as_posix() for path in folder.rglob("*") if _is_object(path))
        yield from sorted(key for key in keys if key.startswith(prefix) and key > after)

    def list_sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        yield from ((key, self.path(key).stat().st_size) for key in self.list_keys(prefix))

    def public_url(self, key: str) -> str:
        return self._links.public(key)

    def link(self, key: str, expires_s: int) -> str:
        return self._links.link(key, expires_s)

    def path(self, key: str) -> Path:
        """The object's file. Raises BadInput for a key that leads out of the store."""
        path = self._root / key
        if "\0" in key or not path.resolve().is_relative_to(self._root):
            raise BadInput(f"{key!r} is not the key of a stored object")
        return path

    def _remove_empty(self, folder: Path) -> None:
        """A bucket has no folders: one without an object is gone, and so are those above it."""
        while folder != self._root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _require_room(self, size_bytes: int) -> None:
        free_bytes = shutil.disk_usage(self._root).free if self._min_free_bytes else size_bytes
        if free_bytes - size_bytes < self._min_free_bytes:
            raise StoreFull(
                f"less than {self._min_free_bytes / 1e9:g} GB are free where recordings are kept ({self._root}): "
                "make room there, or set MNTREAMER_MIN_FREE_BYTES lower"
            )

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        """Compare and replace are two steps: one process at a time takes them."""
        with (self._root / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _version(file: os.stat_result) -> str:
    """Never that of another content: each is a file of its own, and an inode that is used again has a later time."""
    return f"{file.st_ino:x}-{file.st_mtime_ns:x}-{file.st_size:x}"


def _metadata_path(path: Path) -> Path:
    return path.with_name(f".{path.name}.metadata")


def _is_object(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


@contextmanager
def _written_beside(path: Path, body: bytes) -> Iterator[Path]:
    """A hidden file in the same folder with these bytes, safe on disk; it is gone afterwards unless moved."""
    _make_folder(path.parent)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    new = Path(name)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 -- it is open already
            file.write(body)
            file.flush()
            now_ns = time.time_ns()  # the kernel's own stamps stand still for milliseconds; XFS reuses inodes at once
            os.utime(descriptor, ns=(now_ns, now_ns))
            os.fchmod(descriptor, 0o644)
            os.fsync(descriptor)
        yield new
    finally:
        new.unlink(missing_ok=True)


def _drop_from_cache(path: Path) -> None:
    """What is recorded is seldom read soon: it would take the place of what is, page after new page."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _make_folder(folder: Path) -> None:
    """With those above it, each safe on disk."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    """A file that was moved here is found after a power cut only if the folder, too, is on disk (fsync(2))."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
