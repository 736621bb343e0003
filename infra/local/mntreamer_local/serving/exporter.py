"""`python -m mntreamer_local.serving.exporter DATA KEY ATTEMPT`: one attempt at one export of a one-machine server.

A process of its own: what FFmpeg does to it over damaged bytes, it does to nobody else.
"""

import logging
import os
import resource
import sys
from pathlib import Path

from mntreamer.clock import utc_now
from mntreamer.domain.error_place import safe_text
from mntreamer.exporter.export import export
from mntreamer.exporter.lifeline import hold_on
from mntreamer.recorder.child.memory import give_back_large_bodies
from mntreamer_local.composition import open_machine
from mntreamer_local.serving.log import about, log_for_people

# Recordings go first: what they miss is gone, an export waits.
_NICE = 10
_logger = logging.getLogger(__name__)


def main() -> int:
    """0 where it ended as meant, also where the export was left to somebody else; 1 where it is to be tried again."""
    data, key, attempt = sys.argv[1:]
    log_for_people()
    give_back_large_bodies()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(_NICE)
    hold_on()
    with about(f"{key} #{attempt}"):
        try:
            export(open_machine(Path(data)).store, utc_now, key, int(attempt), hold_on)
        except Exception as error:  # noqa: BLE001 -- the process ends here, whatever it was
            _logger.error("the exporter failed: %s", safe_text(error))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
