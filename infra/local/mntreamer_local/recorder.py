"""The recorder as a child process: `python -m mntreamer_local.recorder RECORDING_ID GENERATION`.

SIGTERM, SIGINT and the end of the server that holds our standard input end it cleanly.
"""

import logging
import os
import signal
import sys
import threading
from pathlib import Path

from mntreamer.domain.delays import start_delay_s
from mntreamer.domain.recording import Recording
from mntreamer.recorder.process import exit_code_of
from mntreamer.recorder.record import record
from mntreamer.settings import required
from mntreamer.usecases.launch_recorder import NoLauncher
from mntreamer_local.composition import DATA, open_machine
from mntreamer_local.log import log_for_people

_logger = logging.getLogger(__name__)


def main() -> int:
    recording_id, generation = sys.argv[1], int(sys.argv[2])
    log_for_people(f"{recording_id} #{generation} ")
    stop = _stop_event()
    machine = open_machine(Path(required(os.environ, DATA)))
    return exit_code_of(lambda: record(machine.ports(NoLauncher()), recording_id, generation, stop, _say_start))


def _say_start(recording: Recording) -> None:
    delay_s = start_delay_s(recording)
    after = "" if delay_s is None else f", {delay_s:.0f} s after the stream began"
    _logger.info("the first segment is stored%s", after)


def _stop_event() -> threading.Event:
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
