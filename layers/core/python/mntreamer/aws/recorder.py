"""`python -m mntreamer.aws.recorder`: one Fargate task, one generation of one recording.

What to record comes with the launch: `RECORDING_ID` and `GENERATION`. After SIGTERM it goes on until another has
taken over, or nearly as long as it may, and ends cleanly.
"""

import os
import signal
import sys
import threading
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

from mntreamer.aws.composition import serving_ports
from mntreamer.aws.log import service_logger
from mntreamer.aws.metrics import emit_launch_delay
from mntreamer.aws.progress import show_progress
from mntreamer.correlation import correlated
from mntreamer.domain.error_place import safe_text
from mntreamer.domain.recordings.recording import Recording
from mntreamer.recorder.child.memory import give_back_large_bodies
from mntreamer.recorder.ending.ending import Ending
from mntreamer.recorder.pace import Pace
from mntreamer.recorder.record import record
from mntreamer.recorder.storing.workshop import Workshop, workshop
from mntreamer.settings import Settings, required

# Of the 120 s that ECS leaves a task; the rest is for what it has begun.
_PACE = Pace(hand_over_s=90.0)
_logger = service_logger()


def main() -> int:
    """0 where it ended as meant: the stream is over, it was told to stop, another generation goes on. Else 1.

    Of an error of a library only type and place are logged: its text may hold a signed URL.
    """
    give_back_large_bodies()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with correlated():
        try:
            ending = _record(stop)
        except Exception as error:  # noqa: BLE001 -- the process ends here, whatever it was
            _logger.error("the recorder failed: %s", safe_text(error))
            return 1
        _logger.info("the recorder leaves: %s", ending)
        return 0


def _record(stop: threading.Event) -> Ending:
    recording_id = required(os.environ, "RECORDING_ID")
    generation = int(required(os.environ, "GENERATION"))
    _logger.append_keys(recording_id=recording_id, generation=generation)
    show_progress()
    ports = serving_ports()
    with TemporaryDirectory(prefix="spool-") as folder, _workshop(Path(folder), ports.settings) as of_this_task:
        return record(ports, recording_id, generation, stop, _measure_start, of_this_task, pace=_PACE)


def _workshop(folder: Path, settings: Settings) -> AbstractContextManager[Workshop]:
    return workshop(folder, settings.spool_memory_bytes, settings.spool_bytes)


def _measure_start(recording: Recording) -> None:
    if recording.first_segment_at:
        delay = recording.first_segment_at - recording.opened_at
        emit_launch_delay(recording.platform, delay)
        _logger.info("the first segment is stored", launch_delay_s=delay.total_seconds())


if __name__ == "__main__":
    sys.exit(main())
