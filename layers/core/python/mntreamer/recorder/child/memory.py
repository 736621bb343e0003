"""What a recording holds comes and goes in bodies of megabytes: their memory is the next one's, until it is too much.

Only glibc's malloc is set (mallopt(3)); other C libraries have nothing to set. For the start of a process.
"""

import ctypes
from collections.abc import Callable
from threading import Thread
from time import sleep

_M_TRIM_THRESHOLD = -1  # as in malloc.h
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8
_LARGEST_BYTES = 1 << 25  # the most that glibc takes
_KEPT_BYTES = 1 << 26


def give_back_large_bodies(every_s: float = 10.0) -> None:
    """Keep them as `keep_large_bodies` does, but give back every so often what is free then (malloc_trim(3)).

    Left to itself, glibc does so only at the end of what it has, where something small that stays is enough to keep
    hundreds of megabytes.
    """
    keep_large_bodies()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        Thread(target=_trim, args=(trim, every_s), name="memory", daemon=True).start()


def keep_large_bodies() -> None:
    """Use the memory of a body that is gone for the next, whichever thread has it.

    Left to itself, glibc may have the system map it anew each time, which can cost as much as all else done with it.
    """
    _set(_M_MMAP_THRESHOLD, _LARGEST_BYTES)
    _set(_M_TRIM_THRESHOLD, _KEPT_BYTES)
    _set(_M_ARENA_MAX, 1)


def _set(parameter: int, value: int) -> None:
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(parameter, value)


def _trim(trim: Callable[[int], object], every_s: float) -> None:
    while True:
        sleep(every_s)
        trim(0)
