"""The recorder as a child process: `python -m mntreamer_local.recorder RECORDING_ID GENERATION`.

Exit code 0 where it ended as meant, 1 after an error; the server starts the next generation then.
"""

import logging
import os
import signal
import sys
import threading
from pathlib import Path

from mntreamer.domain.errors import LaunchFailed
from mntreamer.recorder.record import record
from mntreamer.settings import required
from mntreamer_local.composition import DATA, open_machine
from mntreamer_local.log import log_for_people

_logger = logging.getLogger(__name__)


class NoLauncher:
    """A recorder starts no recorders."""

    def launch(self, recording_id: str, generation: int) -> None:
        raise LaunchFailed(f"a recorder was asked to launch {recording_id}, generation {generation}")


def main() -> int:
    recording_id, generation = sys.argv[1], int(sys.argv[2])
    log_for_people(f"{recording_id} #{generation} ")
    ports = open_machine(Path(required(os.environ, DATA))).ports(NoLauncher())
    ending = record(ports, recording_id, generation, _stop_event())
    _logger.info("the recorder leaves: %s", ending)
    return 0


def _stop_event() -> threading.Event:
    """Set by SIGTERM, by SIGINT and by the end of the server that holds our standard input."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=_wait_for_server, args=(stop,), daemon=True).start()
    return stop


def _wait_for_server(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    stop.set()


if __name__ == "__main__":
    sys.exit(main())
