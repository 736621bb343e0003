"""The process that remuxes and takes pictures: what FFmpeg does to it over damaged bytes, it does to nobody else.

`python -m mntreamer.recorder.child.child SECONDS` answers one request after another, each within that time, until
its input ends, which it does when its parent is gone.
"""

import resource
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import BinaryIO

from mntreamer.domain.errors import NotPlayable, SourceError
from mntreamer.recorder.child.memory import keep_large_bodies
from mntreamer.recorder.child.picture_messages import (
    SHEET,
    answer_of_picture,
    answer_of_sheet,
    fault,
    picture_wanted,
    sheet_wanted,
)
from mntreamer.recorder.child.remux_messages import REMUX, answer_of, read_message, write_message
from mntreamer.recorder.media.jpeg import draw_sheet
from mntreamer.recorder.media.picture import Picture
from mntreamer.recorder.media.remux import remux
from mntreamer.recorder.media.remuxed import Broken, Remuxed
from mntreamer.recorder.media.take_picture import take_picture

Answering = Callable[[Sequence[bytes]], list[bytes]]
Remux = Callable[[bytes, Sequence[bytes]], Remuxed]
TakePicture = Callable[..., Picture]
# Some hundredths are usual; nobody else's bundle is to wait for a picture that hangs.
_PICTURE_LIMIT_S = 5


def main(remuxing: Remux = remux, taking: TakePicture = take_picture) -> None:
    """It outlives what a terminal or a service manager sends to all: its parent still has work for it then."""
    for meant_for_the_parent in (signal.SIGINT, signal.SIGTERM):
        signal.signal(meant_for_the_parent, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    keep_large_bodies()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(EOFError, BrokenPipeError):  # a parent that was killed leaves half a request, or wants no answer
        while _serve(sys.stdin.buffer, sys.stdout.buffer, partial(_answered, remuxing, taking), int(sys.argv[1])):
            pass


def _serve(requests: BinaryIO, answers: BinaryIO, answered: Answering, limit_s: int) -> bool:
    """One request, whose memory is the next one's; False where there is none any more.

    The alarm ends the process whatever FFmpeg is doing, and also where no parent is left to end it.
    """
    request = read_message(requests)
    if not request:
        return False
    signal.alarm(limit_s if request[0] == REMUX else min(limit_s, _PICTURE_LIMIT_S))
    answer = answered(request)
    signal.alarm(0)
    write_message(answers, answer)
    return True


def _answered(remuxing: Remux, taking: TakePicture, request: Sequence[bytes]) -> list[bytes]:
    what, *parts = request
    return answer_of(_result(remuxing, parts)) if what == REMUX else _pictured(taking, what, parts)


def _pictured(taking: TakePicture, what: bytes, parts: Sequence[bytes]) -> list[bytes]:
    if what == SHEET:
        return answer_of_sheet(draw_sheet(sheet_wanted(parts)))
    segment, with_poster = picture_wanted(parts)
    try:
        return answer_of_picture(taking(segment, with_poster=with_poster))
    except SourceError as error:
        return fault(error)


def _result(remuxing: Remux, parts: Sequence[bytes]) -> Remuxed | Broken | NotPlayable | SourceError:
    try:
        return remuxing(parts[0], parts[1:])
    except (Broken, NotPlayable, SourceError) as error:
        return error


if __name__ == "__main__":
    main()
