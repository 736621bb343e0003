"""`python -m mntreamer.aws.exporter`: one Fargate task, one attempt at one export.

What to export comes with the launch: `EXPORT_KEY` and `ATTEMPT`.
"""

import os
import sys

from mntreamer.aws.composition import exporting_store
from mntreamer.aws.log import service_logger
from mntreamer.clock import utc_now
from mntreamer.correlation import correlated
from mntreamer.domain.error_place import safe_text
from mntreamer.exporter.export import export
from mntreamer.exporter.lifeline import hold_on, let_go
from mntreamer.recorder.child.memory import give_back_large_bodies
from mntreamer.settings import required

_logger = service_logger()


def main() -> int:
    """0 where it ended as meant, also where the export was left to somebody else; 1 where it is to be tried again."""
    give_back_large_bodies()
    hold_on()
    with correlated():
        try:
            _export()
        except Exception as error:  # noqa: BLE001 -- the process ends here, whatever it was
            _logger.error("the exporter failed: %s", safe_text(error))
            return 1
        finally:
            let_go()
    return 0


def _export() -> None:
    key = required(os.environ, "EXPORT_KEY")
    attempt = int(required(os.environ, "ATTEMPT"))
    _logger.append_keys(export=key, attempt=attempt)
    export(exporting_store(), utc_now, key, attempt, hold_on)


if __name__ == "__main__":
    sys.exit(main())
