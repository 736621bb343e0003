"""The remuxer's child with a short life: poison kills it at once, and its third request while that is being done."""

import os
import signal
from collections.abc import Sequence
from itertools import count
from random import SystemRandom
from threading import Timer

from mntreamer.recorder.child.child import main
from mntreamer.recorder.media.remux import remux
from mntreamer.recorder.media.remuxed import Remuxed
from tests.faults.poison import is_poisoned

_LAST_REQUEST = 3
# A bundle takes about so long here.
_WITHIN_S = 0.03
_requests = count(1)


def _remux(init: bytes, bodies: Sequence[bytes]) -> Remuxed:
    if any(map(is_poisoned, bodies)):
        os.kill(os.getpid(), signal.SIGSEGV)
    if next(_requests) == _LAST_REQUEST:
        Timer(SystemRandom().uniform(0, _WITHIN_S), os.kill, (os.getpid(), signal.SIGKILL)).start()
    return remux(init, bodies)


if __name__ == "__main__":
    main(_remux)
