"""The remuxer's child, with a remux that dies where a body says so, or tells as `format` in which process it ran."""

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from mntreamer.recorder.child.child import main
from mntreamer.recorder.media.remux import remux
from mntreamer.recorder.media.remuxed import Remuxed

CRASH = b"crash"
HANG = b"hang"
SLOW = b"slow"
WHERE = b"where"
# Followed by a path; what finds its own process's number written there has been here before.
CRASH_ONCE = b"crash once at "
HANG_ONCE = b"hang once at "


def _remux(init: bytes, bodies: Sequence[bytes]) -> Remuxed:
    told = [_suffer(body) for body in bodies]
    if any(told):
        return Remuxed(b"", 0.0, 0.0, 0.0, (0.0,), str(os.getpid()))
    return remux(init, bodies)


def _suffer(body: bytes) -> bool:
    """Whether the body is one that only tells."""
    if body == CRASH or _is_first(body, CRASH_ONCE):
        os.kill(os.getpid(), signal.SIGSEGV)
    while body == HANG or _is_first(body, HANG_ONCE):
        time.sleep(60)
    if body == SLOW:
        time.sleep(0.4)
    return body in (WHERE, SLOW) or body.startswith((CRASH_ONCE, HANG_ONCE))


def _is_first(body: bytes, kind: bytes) -> bool:
    if not body.startswith(kind):
        return False
    been_here = Path(body.removeprefix(kind).decode())
    if been_here.exists():
        return False
    unfinished = been_here.with_suffix(".new")
    unfinished.write_text(str(os.getpid()))
    unfinished.rename(been_here)
    return True


if __name__ == "__main__":
    main(_remux)
