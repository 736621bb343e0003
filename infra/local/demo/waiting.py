"""Waiting, never without an end."""

import time
from collections.abc import Callable
from typing import TypeVar

from demo.failures import DidNotHappen

_LOOK_AGAIN_S = 0.2

T = TypeVar("T")


def wait_for(what: str, look: Callable[[], T | None], within_s: float) -> T:
    """The first answer of `look` that is not None. Raises DidNotHappen, saying `what`, after `within_s` seconds."""
    give_up_s = time.monotonic() + within_s
    while (seen := look()) is None:
        if time.monotonic() > give_up_s:
            raise DidNotHappen(f"{what}: did not happen within {within_s:.0f} s")
        time.sleep(_LOOK_AGAIN_S)
    return seen
