"""A recorder as a process: how it ends, and what it may say of an error."""

import logging
import traceback
from collections.abc import Callable

from mntreamer.domain.errors import MntreamerError
from mntreamer.recorder.record import Ending

_logger = logging.getLogger(__name__)


def exit_code_of(recording: Callable[[], Ending]) -> int:
    """0 where it ended as meant: the stream is over, it was told to stop, another generation goes on. Else 1.

    A foreign error's text may hold a signed URL: of such an error only its type and its place are logged.
    """
    try:
        ending = recording()
    except MntreamerError as error:
        _logger.error("the recorder failed: %s", error)
        return 1
    except Exception as error:  # noqa: BLE001 -- the process ends here, whatever it was
        place = "".join(traceback.format_tb(error.__traceback__))
        _logger.error("the recorder failed: %s at\n%s", type(error).__name__, place)
        return 1
    _logger.info("the recorder leaves: %s", ending)
    return 0
