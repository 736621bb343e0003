"""An upload on one machine: a hidden file that is moved to its place at the end."""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

from mntreamer.ports import REWRITABLE_BYTES

_NAME = ".upload-"


class FileUpload:
    """`require_room` is asked before each write, with its bytes; it raises StoreFull."""

    def __init__(self, file: BinaryIO, require_room: Callable[[int], None]) -> None:
        self._file = file
        self._require_room = require_room

    def write(self, body: bytes) -> None:
        self._require_room(len(body))
        self._file.write(body)

    def rewrite_beginning(self, body: bytes) -> None:
        if len(body) > REWRITABLE_BYTES:
            raise ValueError(f"{len(body)} bytes are more than the beginning of an upload")
        self._file.flush()
        os.pwrite(self._file.fileno(), body, 0)


@contextmanager
def unfinished_file(path: Path, alone: Callable[[], AbstractContextManager[None]]) -> Iterator[BinaryIO]:
    """A hidden file beside the path, locked for as long as its writer lives, and in its place at the end.

    An error of the block leaves nothing. What dead writers left in the folder is removed. In `alone` there is one
    writer at a time: a file that is not locked yet is nobody's.
    """
    with alone():
        remove_abandoned(path.parent)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=_NAME)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 -- it is open already
            os.fchmod(descriptor, 0o644)
            yield file
            file.flush()
            os.fsync(descriptor)
            with alone():
                Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def remove_abandoned(folder: Path) -> None:
    """Remove the files whose writers are dead: nobody holds their locks."""
    for path in folder.glob(f"{_NAME}*"):
        with path.open("rb") as file:
            if _is_free(file):
                path.unlink(missing_ok=True)


def _is_free(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
