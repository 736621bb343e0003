"""The remuxer's child, with pictures that fail on purpose: by the last byte of what they are to be taken of."""

import os
import signal
import sys

from mntreamer.domain.errors import SourceError
from mntreamer.recorder.child.child import main
from mntreamer.recorder.media.picture import Picture
from mntreamer.recorder.media.take_picture import take_picture

CRASH, FAULT = b"c", b"f"


def _take(segment: bytes, *, with_poster: bool) -> Picture:
    if segment.endswith(CRASH):
        os.kill(os.getpid(), signal.SIGSEGV)
    if segment.endswith(FAULT):
        raise SourceError("its first picture is damaged")
    return take_picture(segment, with_poster=with_poster)


def _crash(segment: bytes, *, with_poster: bool) -> Picture:
    return _take(segment + CRASH, with_poster=with_poster)


if __name__ == "__main__":
    always = "--crash-always" in sys.argv
    if always:
        sys.argv.remove("--crash-always")
    main(taking=_crash if always else _take)
