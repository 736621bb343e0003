"""SIGINT (Ctrl-C) and SIGTERM: the first one stops, later ones must not break the stopping."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def until_told_to_stop() -> Iterator[None]:
    """End the block, with all its `finally`, at the first signal. Those that come later change nothing."""
    for number in _SIGNALS:
        signal.signal(number, _stop)
    with suppress(KeyboardInterrupt):  # ours: it has done what it is for
        yield


def _stop(_number: int, _frame: FrameType | None) -> None:
    for number in _SIGNALS:
        signal.signal(number, _go_on_stopping)
    raise KeyboardInterrupt


def _go_on_stopping(_number: int, _frame: FrameType | None) -> None:
    """Not SIG_IGN, which a child process would inherit."""
