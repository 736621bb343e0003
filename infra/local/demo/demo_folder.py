"""`demo-data/`: emptied at the start of each demo, if it is the demo's own and no other demo is using it."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.failures import DidNotHappen

_MARK = ".made-by-the-demo"


@contextmanager
def emptied(folder: Path) -> Iterator[Path]:
    """The folder, empty and ours. Raises DidNotHappen if it holds what the demo did not make, or is in use."""
    mark = folder / _MARK
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise DidNotHappen(f"{folder}/ was not made by the demo, so it is not emptied: move it away")
    folder.mkdir(parents=True, exist_ok=True)
    with mark.open("w") as held:
        _lock(held.fileno(), folder)
        _empty(folder)
        yield folder


def _lock(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise DidNotHappen(f"another demo is using {folder}/: end it first") from None


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != _MARK:
            path.unlink()
