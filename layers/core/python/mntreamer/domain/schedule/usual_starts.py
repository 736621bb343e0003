"""When a channel usually starts, as people say it and as a picture of the week shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from operator import mul

from mntreamer.domain.schedule.habit import QUARTER_S, QUARTERS, Habit
from mntreamer.domain.schedule.rate import Rate

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# A time is usual where so much of what is expected falls within an hour and a half of it.
_WITHIN = 6
_USUAL = 0.2
_MOST = 3
# A day belongs to it where at least so much falls on it, beside the day with the most.
_OF_THE_DAYS = 0.4
# How wide each start is remembered, which is no habit of the channel.
_BLUR_MIN = 17.0
_ROUNDED_TO_MIN = 5


@dataclass(frozen=True, slots=True)
class UsualStart:
    """`minute` of the day, give or take `spread_min` (a standard deviation), on these days; Monday is 0."""

    minute: int
    spread_min: int
    weekdays: tuple[int, ...]


def expected_starts(habit: Habit) -> list[float]:
    """For each hour of the week, from Monday's first on the wall, how many starts are usual; none for a stranger."""
    quarters = _week(habit)
    return [round(sum(quarters[at : at + 4]), 3) for at in range(0, len(quarters), 4)]


def usual_starts(habit: Habit) -> tuple[UsualStart, ...]:
    """The usual ones, in the order of the day; none where it has no usual time."""
    week = _week(habit)
    if not week:
        return ()
    day = [sum(week[quarter::QUARTERS]) for quarter in range(QUARTERS)]
    total = sum(day)
    found: list[UsualStart] = []
    while len(found) < _MOST:
        middle = max(range(QUARTERS), key=lambda quarter: _near(day, quarter))
        if _near(day, middle) < _USUAL * total:
            break
        found.append(_usual(habit.day, week, middle))
        for offset in range(-_WITHIN, _WITHIN + 1):
            day[(middle + offset) % QUARTERS] = 0.0
    return tuple(sorted(found, key=lambda start: start.minute))


def in_words(starts: Sequence[UsualStart]) -> str:
    """`20:00 ± 15 min on Tue, Thu`; empty for none."""
    return "; ".join(
        f"{start.minute // 60:02}:{start.minute % 60:02} ± {start.spread_min} min {_days(start.weekdays)}"
        for start in starts
    )


@lru_cache(maxsize=2000)
def _week(habit: Habit) -> Sequence[float]:
    """The starts to be expected in each quarter of a usual week: a millisecond, once for a habit."""
    if not habit.known:
        return ()
    rate = Rate(habit)
    return [rate.usual_per_s((quarter + 0.5) * QUARTER_S) * QUARTER_S for quarter in range(7 * QUARTERS)]


def _near(day: Sequence[float], middle: int) -> float:
    return sum(day[(middle + offset) % QUARTERS] for offset in range(-_WITHIN, _WITHIN + 1))


def _usual(day: Sequence[float], week: Sequence[float], middle: int) -> UsualStart:
    offsets = range(-_WITHIN, _WITHIN + 1)
    level = min(day[(middle + offset) % QUARTERS] for offset in offsets)
    weights = [day[(middle + offset) % QUARTERS] - level for offset in offsets]
    total = sum(weights) or 1.0
    mean = sum(map(mul, weights, offsets)) / total
    spread = sqrt(sum(weight * (offset - mean) ** 2 for weight, offset in zip(weights, offsets, strict=True)) / total)
    return UsualStart(
        minute=_rounded_down((middle + 0.5 + mean) * 15) % (24 * 60),
        spread_min=max(_rounded_down(sqrt(max((spread * 15) ** 2 - _BLUR_MIN**2, 0.0)) + 2), _ROUNDED_TO_MIN),
        weekdays=_weekdays(week, middle),
    )


def _weekdays(week: Sequence[float], middle: int) -> tuple[int, ...]:
    """Those on which the middle of the range falls."""
    sums = [
        sum(week[(day * QUARTERS + middle + offset) % len(week)] for offset in range(-_WITHIN, _WITHIN + 1))
        for day in range(len(_DAYS))
    ]
    return tuple(day for day, of in enumerate(sums) if of >= _OF_THE_DAYS * max(sums))


def _days(weekdays: Sequence[int]) -> str:
    return "each day" if len(weekdays) == len(_DAYS) else f"on {', '.join(_DAYS[day] for day in weekdays)}"


def _rounded_down(minutes: float) -> int:
    return int(minutes // _ROUNDED_TO_MIN) * _ROUNDED_TO_MIN
