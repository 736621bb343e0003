"""What a recording holds comes and goes in bodies of megabytes; their memory goes back to the system with them."""

import ctypes

_M_MMAP_THRESHOLD = -3  # as in malloc.h
_LARGE_BYTES = 1 << 18


def give_back_large_bodies() -> None:
    """Have the C library map each large block alone: nothing small that is still in use keeps it then (mallopt(3)).

    Left to itself, glibc takes whatever was freed once for normal, up to 32 MB, and stops doing so: twenty recordings
    then keep 450 MB instead of 110. Other C libraries have nothing to set. For the start of the process.
    """
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
