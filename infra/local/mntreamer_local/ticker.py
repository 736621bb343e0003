"""The schedule on one machine: a thread that ticks, and recorders that are settled as they end."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.recording import RecordingStatus
from mntreamer.domain.streamer import Streamer
from mntreamer.ports import Ports
from mntreamer.usecases.check_monitors import check_safely
from mntreamer.usecases.settle_recording import settle_recording

# Looking for due rows costs microseconds here, so that a monitor is checked in the second in which it is due.
TICK_S = 1.0
_AT_ONCE = 32
_LISTED = 1000
_UNFINISHED = 10_000
_logger = logging.getLogger(__name__)


class Ticker:
    """Gives each due monitor to a pool every `tick_s` seconds; a slow or failing check holds up no other."""

    def __init__(self, ports: Ports, tick_s: float = TICK_S) -> None:
        self._ports = ports
        self._tick_s = tick_s
        self._checking: set[str] = set()
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="check")
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticker")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Begin no further check and wait for those that are running. What was not begun stays due."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self._pool.shutdown(cancel_futures=True)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._tick()
            self._stop.wait(self._tick_s)

    def _tick(self) -> None:
        try:
            for due in self._ports.monitors.due(self._ports.clock(), _LISTED):
                self._submit(due)
        except Exception as error:  # noqa: BLE001 -- one bad tick must not be the last one
            _logger.error("a tick failed; the next one tries again: %s", kind_and_place(error))

    def _submit(self, due: Streamer) -> None:
        """A row that waits in the pool, or whose check outlasts its next due time, is not given to it twice."""
        if due.streamer_id not in self._checking:
            self._checking.add(due.streamer_id)
            self._pool.submit(self._check, due)

    def _check(self, due: Streamer) -> None:
        try:
            check_safely(self._ports, due)
        finally:
            self._checking.discard(due.streamer_id)


def settle_orphans(ports: Ports) -> None:
    """At the server's start none of our recorders runs: whatever is unfinished needs a new one at once."""
    for recording in ports.recordings.newest([RecordingStatus.RECORDING], _UNFINISHED):
        settle_recording(ports, recording.recording_id, recording.generation)
