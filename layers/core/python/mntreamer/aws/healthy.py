"""`python -m mntreamer.aws.healthy`: 0 where the recorder of this container made progress of late, else 1.

ECS asks it every minute of a quarter of a CPU, so it imports nothing that takes time.
"""

import sys
import tempfile
import time
from pathlib import Path

# A recorder that waits tells its row so every 30 seconds; a write that has to be tried four times takes a minute.
_WITHIN_S = 180


def progress_file() -> Path:
    """It was last changed when AWS last took something of this task; it lies in the one place that can be written."""
    return Path(tempfile.gettempdir()) / "progress"


def main() -> int:
    try:
        age_s = time.time() - progress_file().stat().st_mtime
    except FileNotFoundError:
        return 1
    return int(age_s > _WITHIN_S)


if __name__ == "__main__":
    sys.exit(main())
