"""The same call from several threads at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def at_once(call: Callable[[int], T], threads: int = 8) -> list[T]:
    """What `call(0)`, `call(1)` … return, all of them under way together."""
    start = Barrier(threads)

    def started(number: int) -> T:
        start.wait(timeout=30)
        return call(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(started, range(threads)))
