"""The schedule on one machine: a thread that ticks, and recorders that are settled as they end."""

import logging
import threading
from datetime import timedelta

from mntreamer.domain.recording import RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.check_monitors import check_monitors
from mntreamer.usecases.settle_recording import settle_recording

# Looking for due rows costs microseconds here, so that a monitor is checked in the second in which it is due.
TICK_S = 1.0
_TICK_LIFE = timedelta(seconds=60)
_UNFINISHED = 10_000
_logger = logging.getLogger(__name__)


class Ticker:
    """Ticks until stopped; a tick that fails is logged and the next one tries again."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticker")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                check_monitors(self._ports, self._ports.clock() + _TICK_LIFE)
            except Exception:  # one bad tick must not be the last one
                _logger.exception("a tick failed; the next one tries again")
            self._stop.wait(TICK_S)


def settle_orphans(ports: Ports) -> None:
    """At the server's start none of our recorders runs: whatever is unfinished needs a new one at once."""
    for recording in ports.recordings.newest([RecordingStatus.RECORDING], _UNFINISHED):
        settle_recording(ports, recording.recording_id, recording.generation)
