"""The simulated channel's picture: a wall clock, a frame counter and a square that moves.

Each frame differs from every other of its broadcast, so that a missing or a doubled one can be told.
"""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from simulated_channel.digits import mask_of

WIDTH = 640
HEIGHT = 360

Plane = NDArray[np.uint8]

_BLACK, _WHITE = 16, 235
_CLOCK_TOP, _COUNTER_TOP, _TRACK_TOP = 60, 180, 300
_SQUARE = 32


def picture(number: int, moment: datetime) -> Plane:
    """Frame `number` of a broadcast, shown at `moment`: its planes Y, U and V one below the other (yuv420p)."""
    frame = _background()
    _write(frame, f"{moment:%H:%M:%S}.{moment.microsecond // 10_000:02d}", _CLOCK_TOP)
    _write(frame, f"{number:06d}", _COUNTER_TOP)
    left = number * 4 % (WIDTH - _SQUARE)
    frame[_TRACK_TOP : _TRACK_TOP + _SQUARE, left : left + _SQUARE] = _WHITE
    return frame


def _background() -> Plane:
    frame = np.full((HEIGHT * 3 // 2, WIDTH), _BLACK, np.uint8)
    colours = np.linspace(96, 160, WIDTH // 2, dtype=np.uint8)
    frame[HEIGHT:].reshape(HEIGHT, WIDTH // 2)[:] = colours
    frame[HEIGHT:].reshape(HEIGHT, WIDTH // 2)[HEIGHT // 2 :] = colours[::-1]
    frame[:HEIGHT] = _BLACK + 40
    return frame


def _write(frame: Plane, text: str, top: int) -> None:
    mask = mask_of(text, dot_pixels=8)
    left = (WIDTH - mask.shape[1]) // 2
    frame[top : top + mask.shape[0], left : left + mask.shape[1]][mask] = _WHITE
