"""The process that remuxes: what FFmpeg does to it over damaged bytes, it does to nobody else.

`python -m mntreamer.recorder.remux_child SECONDS` answers one request after another, each within that time, until
its input ends, which it does when its parent is gone.
"""

import resource
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import BinaryIO

from mntreamer.domain.errors import NotPlayable, SourceError
from mntreamer.recorder.memory import keep_large_bodies
from mntreamer.recorder.remux import remux
from mntreamer.recorder.remux_messages import answer_of, read_message, write_message
from mntreamer.recorder.remuxed import Broken, Remuxed

Remux = Callable[[bytes, Sequence[bytes]], Remuxed]


def main(remuxing: Remux = remux) -> None:
    """It outlives what a terminal or a service manager sends to all: its parent still has work for it then."""
    for meant_for_the_parent in (signal.SIGINT, signal.SIGTERM):
        signal.signal(meant_for_the_parent, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    keep_large_bodies()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(EOFError, BrokenPipeError):  # a parent that was killed leaves half a request, or wants no answer
        while _serve(sys.stdin.buffer, sys.stdout.buffer, remuxing, int(sys.argv[1])):
            pass


def _serve(requests: BinaryIO, answers: BinaryIO, remuxing: Remux, limit_s: int) -> bool:
    """One request, whose memory is the next one's; False where there is none any more.

    The alarm ends the process whatever FFmpeg is doing, and also where no parent is left to end it.
    """
    request = read_message(requests)
    if not request:
        return False
    signal.alarm(limit_s)
    answer = answer_of(_result(remuxing, request))
    signal.alarm(0)
    write_message(answers, answer)
    return True


def _result(remuxing: Remux, request: Sequence[bytes]) -> Remuxed | Broken | NotPlayable | SourceError:
    try:
        return remuxing(request[0], request[1:])
    except (Broken, NotPlayable, SourceError) as error:
        return error


if __name__ == "__main__":
    main()
