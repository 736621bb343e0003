"""The folder that a server keeps everything in: usable, and kept by no other server."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mntreamer.domain.errors import BadInput


@contextmanager
def only_server(data: Path) -> Iterator[None]:
    """Hold the folder, which is made if need be, against other servers; however this one ends, it is free then.

    Raises BadInput if another one holds it or nothing can be kept there.
    """
    with usable(data):
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / ".server").open("w")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadInput(f"another server is running on {data}; stop it first, or name another folder") from None
        yield


@contextmanager
def usable(data: Path) -> Iterator[None]:
    """Turns what the system or the database finds wrong with the folder into BadInput."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise BadInput(f"nothing can be kept in {data}: {reason}; name another folder (MNTREAMER_DATA)") from None
