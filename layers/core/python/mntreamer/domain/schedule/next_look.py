"""When it is worth to look again at a channel that is not live.

A look costs as much as `price_s` seconds of delay. Starts come at a rate λ(t); looks that are an interval Δ apart
see them Δ/2 late in the mean. The sum of both in a second, price/Δ + λ Δ/2, is least at Δ = √(2 price/λ). As the rate
changes, the next look is where the integral of √(λ(t) / (2 price)) from now on reaches 1: a peak that is coming is
seen ahead. docs/decisions/0037-a-schedule-that-learns.md says what that assumes.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import sqrt
from typing import Protocol

from mntreamer.domain.schedule.habit import QUARTER_S, Habit
from mntreamer.domain.schedule.rate import Rate

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(minutes=50)
# A habit is trusted alone once so many starts are known; before, the table has its share.
KNOWN_ENOUGH = 5
# The price at which the table's mean wait is right for one start a day. Above it the table is stretched, too.
_TABLE_PRICE_S = 4.0
# However small the budget, nobody is left alone for longer than a day.
_FARTHEST_STRETCH = timedelta(days=1) / LONGEST
_SHORTEST_S, _LONGEST_S = SHORTEST.total_seconds(), LONGEST.total_seconds()


class StartRate(Protocol):
    """How many starts are to be expected."""

    def per_s(self, at_s: float) -> float:
        """In a second, at a wall time, if none came before it; taken for constant until that quarter is over."""
        ...


@dataclass(frozen=True, slots=True)
class Expected:
    """A channel whose habit is known a little: its rate, from how many starts, and what the wall shows now."""

    rate: StartRate
    known: int
    now_s: float


def learned_wait(habit: Habit, table_wait: timedelta, now_s: float, price_s: float) -> timedelta:
    """From a look that missed, at a wall time, to the next one; `table_wait` is what the stepped table says."""
    expected = Expected(Rate(habit), habit.known, now_s) if habit.known else None
    return wait_by_habit(expected, table_wait, price_s)


def wait_by_habit(expected: Expected | None, table_wait: timedelta, price_s: float) -> timedelta:
    """The same; `expected` is None for a channel without a known start."""
    stretch = min(max(1.0, sqrt(price_s / _TABLE_PRICE_S)), _FARTHEST_STRETCH)
    if expected is None:
        return table_wait * stretch
    by_table_per_s = 1 / (table_wait.total_seconds() * stretch)
    return timedelta(seconds=_wait_s(expected, by_table_per_s, price_s, 1 / (_LONGEST_S * stretch)))


def _wait_s(expected: Expected, by_table_per_s: float, price_s: float, least_per_s: float) -> float:
    """Walks ahead in quarters of an hour, in which the rate is taken for constant, until a look is due."""
    trust = min(expected.known / KNOWN_ENOUGH, 1.0)
    by_table = (1 - trust) * by_table_per_s
    at_s, looks = expected.now_s, 0.0
    while True:
        next_s = (at_s // QUARTER_S + 1) * QUARTER_S
        by_habit = sqrt(expected.rate.per_s(at_s) / (2 * price_s))
        per_s = by_table + trust * min(max(by_habit, least_per_s), 1 / _SHORTEST_S)
        if looks + per_s * (next_s - at_s) >= 1:
            return max(at_s + (1 - looks) / per_s - expected.now_s, _SHORTEST_S)
        looks += per_s * (next_s - at_s)
        at_s = next_s
