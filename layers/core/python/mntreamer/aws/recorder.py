"""`python -m mntreamer.aws.recorder`: one Fargate task, one generation of one recording.

What to record comes with the launch: `RECORDING_ID` and `GENERATION`. SIGTERM ends it cleanly. The exit code is 0
when it ended as meant (the stream is over, it was told to stop, another generation goes on) and 1 otherwise.
"""

import os
import signal
import sys
import threading
import traceback

from aws_lambda_powertools import Logger

from mntreamer.aws.composition import serving_ports
from mntreamer.domain.errors import MntreamerError
from mntreamer.recorder.record import Ending, record
from mntreamer.settings import required

_logger = Logger()


def main() -> int:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    try:
        ending = _record(stop)
    except MntreamerError as error:
        _logger.error("the recorder failed", code=error.code, reason=str(error))
        return 1
    except Exception as error:  # noqa: BLE001 -- a foreign error's text may hold a signed URL, so it must not be printed
        _logger.error("the recorder failed", error=type(error).__name__, at=traceback.format_tb(error.__traceback__))
        return 1
    _logger.info("the recorder left", ending=ending)
    return 0


def _record(stop: threading.Event) -> Ending:
    recording_id = required(os.environ, "RECORDING_ID")
    generation = int(required(os.environ, "GENERATION"))
    _logger.append_keys(recording_id=recording_id, generation=generation)
    return record(serving_ports(), recording_id, generation, stop)


if __name__ == "__main__":
    sys.exit(main())
