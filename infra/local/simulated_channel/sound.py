"""The simulated channel's sound: a tone of 440 Hz and, as each second begins, a beep of 1 kHz."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 48_000

_BEEP_S = 0.1

Samples = NDArray[np.float32]


def sound(first: int, count: int) -> Samples:
    """`count` samples from number `first` of a broadcast on, for two channels, one row each."""
    mono = np.take(_one_second(), np.arange(first, first + count), mode="wrap")
    return np.stack([mono, mono])


@cache
def _one_second() -> Samples:
    moments_s = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    tone = 0.1 * np.sin(2 * np.pi * 440 * moments_s)
    beep = 0.3 * np.sin(2 * np.pi * 1000 * moments_s) * (moments_s < _BEEP_S)
    return (tone + beep).astype(np.float32)
