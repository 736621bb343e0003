"""What each way loses where something goes wrong: the rows of the fault suite, recorded in real time."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from subprocess import Popen

import av
import certifi

from benchmarks.recorder.figures import Lost
from benchmarks.recorder.ways import OURS, Source, Way, recording
from mntreamer.recorder.storing.workshop import Workshop, workshop
from mntreamer.settings import Settings
from tests.faults.fingerprints import Fingerprints, fingerprints_of
from tests.faults.holding import holding_of
from tests.faults.origin import Origin
from tests.faults.performance import Speed, perform
from tests.faults.row import Row
from tests.faults.rows import ROWS
from tests.faults.takes import Container

_CONTAINER = Container.FMP4  # as CHZZK has it
_REAL_TIME = Speed(scale=1.0, patience_s=0.0)
_AT_ONCE = 12
# Some clients end with their source. For the others, there is nothing to come after so long.
_GOODBYE_S = 10.0
_LOOK_EVERY_S = 0.2
Losing = Callable[[Row], int]


def lost_of_each(ways: Sequence[Way], rows: Sequence[Row] = ROWS) -> Lost:
    """Of each row, how many source segments each of the ways has not wholly recorded, in their order."""
    asked = [row for row in rows if _CONTAINER in row.containers]
    with _our_workshop() as shared, ThreadPoolExecutor(_AT_ONCE) as threads:
        clients = [_client_of(way, shared) for way in ways]
        takes = [(row.name, [threads.submit(client, row) for client in clients]) for row in asked]
        return {name: [take.result() for take in each] for name, each in takes}


def _client_of(way: Way, shared: Workshop) -> Losing:
    return partial(_lost_by_us, shared) if way.name == OURS else partial(_lost_by, way)


def _lost_by_us(shared: Workshop, row: Row) -> int:
    return perform(row, _CONTAINER, _REAL_TIME, shared).lost


def _lost_by(way: Way, row: Row) -> int:
    with Origin(row, _CONTAINER, _REAL_TIME.scale, _REAL_TIME.patience_s) as origin, _folder() as folder:
        with recording(way, Source([origin.new_url()], Path(certifi.where())), folder) as processes:
            _wait(origin, processes)
        return len(holding_of(row, _CONTAINER, list(_decoded(folder))).lost)


def _wait(origin: Origin, processes: Sequence[Popen[bytes]]) -> None:
    """Until they have ended, or the source has, for long enough."""
    ends_s = origin.row.over_at_s + _GOODBYE_S
    while origin.clock.now_s < ends_s and any(process.poll() is None for process in processes):
        time.sleep(_LOOK_EVERY_S)


def _decoded(folder: Path) -> Iterator[Fingerprints]:
    """What can be decoded, piece by piece."""
    for piece in sorted(folder.rglob("*.ts")):
        with suppress(av.FFmpegError):
            yield fingerprints_of(piece.read_bytes())


@contextmanager
def _our_workshop() -> Iterator[Workshop]:
    usual = Settings()
    with _folder() as folder, workshop(folder, usual.spool_memory_bytes, usual.spool_bytes) as shared:
        yield shared


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mntreamer-bench-") as name:
        yield Path(name)
