"""Channels whose habits are known, on the wall of no zone."""

from collections.abc import Collection
from random import Random

from mntreamer.domain.schedule.habit import Habit
from mntreamer.domain.schedule.learning import with_end, with_start
from mntreamer.domain.schedule.wall_clock import DAY_S, HOUR_S, MINUTE_S, WEEK_S

# A Monday's midnight, in wall seconds.
MONDAY_S = 2900 * WEEK_S
TUESDAY, THURSDAY = 1, 3
EVERY_DAY = range(7)


def at(day: int, hour: float) -> float:
    """Wall seconds of that hour, so many days after the Monday."""
    return MONDAY_S + day * DAY_S + hour * HOUR_S


def habit_of(
    days: int, hour: float = 20, weekdays: Collection[int] = EVERY_DAY, spread_min: float = 10, hours_long: float = 4
) -> Habit:
    """Of a channel that has started about that hour on these days of the week, over so many days from the Monday."""
    dice, habit = Random(1), Habit()  # noqa: S311 -- the same channel each time, no secret
    for day in range(days):
        if day % 7 in weekdays:
            start_s = at(day, hour) + dice.gauss(0, spread_min * MINUTE_S)
            habit = with_end(with_start(habit, start_s), start_s + hours_long * HOUR_S)
    return habit
