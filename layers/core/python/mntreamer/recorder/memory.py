"""What a recording holds comes and goes in bodies of megabytes: whether their memory goes with them.

Only glibc's malloc is set (mallopt(3)); other C libraries have nothing to set. For the start of a process.
"""

import ctypes

_M_TRIM_THRESHOLD = -1  # as in malloc.h
_M_MMAP_THRESHOLD = -3
_LARGE_BYTES = 1 << 18
_LARGEST_BYTES = 1 << 25  # the most that glibc takes
_KEPT_BYTES = 1 << 26


def give_back_large_bodies() -> None:
    """Map each large block alone: nothing small that is still in use keeps it then.

    Left to itself, glibc takes whatever was freed once for normal, up to 32 MB, and stops doing so: twenty recordings
    then keep 450 MB instead of 110.
    """
    _set(_M_MMAP_THRESHOLD, _LARGE_BYTES)


def keep_large_bodies() -> None:
    """Use the memory of what is gone for what comes next, where one bundle follows the other.

    Left to itself, glibc may have the system map it anew each time, which costs half as much again as remuxing.
    """
    _set(_M_MMAP_THRESHOLD, _LARGEST_BYTES)
    _set(_M_TRIM_THRESHOLD, _KEPT_BYTES)


def _set(parameter: int, value: int) -> None:
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(parameter, value)
