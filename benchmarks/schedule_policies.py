"""When to look again at a channel that was not live.

A policy is a plain function; one more is a function here and its name below. A policy is asked at each miss and must
wait longer than nothing. After a stream the miss count is 0 again, whatever the policy.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from benchmarks.channel_habits import DAY_S, HOUR_S
from mntreamer.domain.monitors.backoff import Step, step_after_miss

# Takes the miss count before this probe, as `step_after_miss` does.
ByMissCount = Callable[[int], Step]
# Takes the miss count, the time of this probe and the starts of all streams that were seen, oldest first, in seconds
# since the first midnight: the platform tells a stream's start once it is live.
ByHistory = Callable[[int, float, Sequence[float]], Step]

MINUTE = timedelta(minutes=1)

_LONGEST_STEP_FROM = 62

_REMEMBERED_S = 42 * DAY_S
_NEAR_S = HOUR_S
_CLOSE_LOOKS = 12
_LONGEST = timedelta(minutes=40)


def fixed_minute(miss_count: int) -> Step:
    return Step(MINUTE, miss_count + 1)


def stepped_without_reset(miss_count: int) -> Step:
    """The table's steps, but the longest is the last: the count stays where it leads to."""
    step = step_after_miss(miss_count)
    return step if miss_count < _LONGEST_STEP_FROM else step._replace(miss_count=miss_count)


def usual_hours(miss_count: int, now_s: float, starts_s: Sequence[float]) -> Step:
    """The oftener the channel started at about this time of day in the last six weeks, the sooner.

    A while after a stream the steps are the table's: it may come back.
    """
    if miss_count < _CLOSE_LOOKS:
        return step_after_miss(miss_count)
    recent = starts_s[bisect_left(starts_s, now_s - _REMEMBERED_S) :]
    near = sum([(start_s - now_s + _NEAR_S) % DAY_S <= 2 * _NEAR_S for start_s in recent])
    return Step(max(_LONGEST / (1 + near), MINUTE), miss_count + 1)


BY_MISS_COUNT: Mapping[str, ByMissCount] = {
    "fixed_minute": fixed_minute,
    "stepped": step_after_miss,
    "stepped_without_reset": stepped_without_reset,
}
BY_HISTORY: Mapping[str, ByHistory] = {
    "usual_hours": usual_hours,
}
NAMES = (*BY_MISS_COUNT, *BY_HISTORY)
