"""An exporter that hangs is ended, whatever FFmpeg is doing: its lease is over then."""

import faulthandler

from mntreamer.domain.exports.export import LEASE

_STDERR = 2


def hold_on(within_s: float = LEASE.total_seconds()) -> None:
    """End this process with exit code 1 unless it says so again within this time.

    Not by SIGALRM, which the first process of a container does not die of (pid_namespaces(7)).
    """
    faulthandler.dump_traceback_later(within_s, exit=True, file=_STDERR)


def let_go() -> None:
    """No more is expected."""
    faulthandler.cancel_dump_traceback_later()
