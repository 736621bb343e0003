"""What the recordings of one process share: the child that remuxes, and the room to wait in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mntreamer.recorder.child.remuxer import Remuxer
from mntreamer.recorder.storing.spool import Spool


@dataclass(frozen=True, slots=True)
class Workshop:
    """Made once by each composition root."""

    remuxer: Remuxer
    spool: Spool


@contextmanager
def workshop(folder: Path, memory_bytes: int, disk_bytes: int) -> Iterator[Workshop]:
    """A workshop whose spool lies in `folder` and holds so much at the most. Raises OSError where it cannot."""
    with Remuxer() as remuxer:
        yield Workshop(remuxer, Spool(folder, memory_bytes, disk_bytes))
