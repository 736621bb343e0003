"""The stepped back-off: the longer a streamer was not live, the more rarely we look."""

from datetime import timedelta
from typing import NamedTuple


class Step(NamedTuple):
    """What a miss leads to: the wait until the next probe and the miss count that it leaves behind."""

    wait: timedelta
    miss_count: int


_MINUTES_BELOW = ((12, 1), (24, 3), (36, 10), (48, 15), (60, 30), (62, 40))
_LONGEST_MINUTES = 50


def step_after_miss(miss_count: int) -> Step:
    """The step for a streamer that was missed `miss_count` times in a row before this probe.

    From 62 misses on the wait is the longest one and the count starts again at 0, so that a channel that was silent
    for a day is looked at closely again for a while.
    """
    for bound, minutes in _MINUTES_BELOW:
        if miss_count < bound:
            return Step(timedelta(minutes=minutes), miss_count + 1)
    return Step(timedelta(minutes=_LONGEST_MINUTES), 1)
