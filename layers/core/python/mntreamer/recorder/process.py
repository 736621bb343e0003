"""A recorder as a process: how it ends, and what it may say of an error."""

import logging
from collections.abc import Callable

from mntreamer.domain.error_place import safe_text
from mntreamer.recorder.ending import Ending

_logger = logging.getLogger(__name__)


def exit_code_of(recording: Callable[[], Ending]) -> int:
    """0 where it ended as meant: the stream is over, it was told to stop, another generation goes on. Else 1.

    Of an error of a library only type and place are logged: its text may hold a signed URL.
    """
    try:
        ending = recording()
    except Exception as error:  # noqa: BLE001 -- the process ends here, whatever it was
        _logger.error("the recorder failed: %s", safe_text(error))
        return 1
    _logger.info("the recorder leaves: %s", ending)
    return 0
