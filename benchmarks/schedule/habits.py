"""Kinds of habits that streamers may have; no data of real channels is behind them. The rule knows none of them.

A habit is told as occasions. Times are seconds since the first day's midnight, a Monday's, where the channel is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import NamedTuple

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
DAYS_A_WEEK = 7


class Occasion(NamedTuple):
    """A start that may come: with a `chance`, `spread_s` (a standard deviation) around `centre_s`.

    With the share `stray` of that chance it comes at any time of its day instead, which begins at `day_s`.
    """

    day_s: float
    centre_s: float
    spread_s: float
    chance: float
    stray: float = 0.04


Occasions = Callable[[Random, int], Iterator[Occasion]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """`occasions` takes dice and a number of days. The median of the streams lasts `length_h`.

    After a stream another one follows with the chance `comes_back`, some `back_after_s` after the reconnect window.
    One stream in twenty of those with `marathons` lasts a day or two.
    """

    occasions: Occasions
    length_h: float
    comes_back: float = 0.08
    back_after_s: float = 600.0
    marathons: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """Usual hours on usual days of the week, each drawn for a channel from a range.

    A fortnight's leave a year; where it `moves`, half of the channels shift their hours once, by up to four.
    """

    hours: tuple[float, float]
    spread_h: tuple[float, float]
    kept: float
    days_a_week: tuple[int, int] = (DAYS_A_WEEK, DAYS_A_WEEK)
    weekdays: tuple[int, ...] = tuple(range(DAYS_A_WEEK))
    sessions: tuple[int, int] = (1, 1)
    moves: bool = False

    def __call__(self, dice: Random, days: int) -> Iterator[Occasion]:
        usual_h = [dice.uniform(*self.hours) for _ in range(dice.randint(*self.sessions))]
        weekdays = dice.sample(self.weekdays, dice.randint(*self.days_a_week))
        spread_s, leave = dice.uniform(*self.spread_h) * HOUR_S, dice.randrange(365)
        moves_on = dice.randrange(days) if self.moves and dice.random() < 0.5 else days
        moved_h = dice.uniform(-4, 4)
        for day in range(days):
            if day % DAYS_A_WEEK in weekdays and not 0 <= day % 365 - leave < 14:
                for hour in usual_h:
                    yield _at(day, hour + moved_h * (day >= moves_on), spread_s, self.kept)


def _at(day: int, hour: float, spread_s: float, chance: float) -> Occasion:
    return Occasion(day * DAY_S, day * DAY_S + hour * HOUR_S, spread_s, chance)


def _at_random(dice: Random, days: int) -> Iterator[Occasion]:
    chance = dice.uniform(0.2, 1)
    return (Occasion(day * DAY_S, day * DAY_S, 1, chance, stray=1) for day in range(days))


def _in_spells(habit: Occasions, dice: Random, days: int) -> Iterator[Occasion]:
    """Some weeks of it, then months of silence."""
    every, day, on = list(habit(dice, days)), dice.randrange(200), []
    while day < days:
        length = dice.randint(10, 40)
        on.append(range(day, day + length))
        day += length + dice.randint(60, 200)
    return (occasion for occasion in every if any(occasion.day_s // DAY_S in spell for spell in on))


def _around_the_clock(dice: Random, days: int) -> Iterator[Occasion]:
    hour = dice.uniform(4, 7)
    return (Occasion(day * DAY_S, day * DAY_S + hour * HOUR_S, 60, 1, stray=0) for day in range(days))


def _drifting(dice: Random, days: int) -> Iterator[Occasion]:
    """A day of its own, which is not 24 hours long."""
    cycle_s, centre_s = dice.uniform(24.4, 25.5) * HOUR_S, dice.uniform(0, DAY_S)
    while centre_s < days * DAY_S:
        yield Occasion(centre_s // DAY_S * DAY_S, centre_s, 0.5 * HOUR_S, 0.85)
        centre_s += cycle_s


def _twice_a_day(dice: Random, days: int) -> Iterator[Occasion]:
    weekday_h = dice.uniform(9, 13), dice.uniform(18, 22)
    weekend_h = dice.uniform(11, 15), dice.uniform(20, 23)
    for day in range(days):
        for hour in weekend_h if day % DAYS_A_WEEK >= 5 else weekday_h:
            yield _at(day, hour, 0.4 * HOUR_S, 0.85)


def _with_holidays(dice: Random, days: int) -> Iterator[Occasion]:
    """Six weeks off in a year, and earlier hours for two months, then on each day."""
    off, hour, summer = [dice.randrange(365) for _ in range(6)], dice.uniform(17, 22), dice.randrange(365)
    summer_hour = hour - dice.uniform(3, 6)
    for day in range(days):
        if any(0 <= day % 365 - first < 7 for first in off):
            continue
        is_summer = 0 <= (day - summer) % 365 < 60
        if is_summer or day % DAYS_A_WEEK < 5:
            yield _at(day, summer_hour if is_summer else hour, 0.4 * HOUR_S, 0.9)


def _swapped(before: Occasions, after: Occasions, dice: Random, days: int) -> Iterator[Occasion]:
    half_s = days * DAY_S / 2
    yield from (occasion for occasion in before(dice, days) if occasion.day_s < half_s)
    yield from (occasion for occasion in after(dice, days) if occasion.day_s >= half_s)


def _alternate_days(dice: Random, days: int) -> Iterator[Occasion]:
    every, hour = dice.choice((2, 3)), dice.uniform(12, 23)
    return (_at(day, hour, 0.4 * HOUR_S, 0.92) for day in range(dice.randrange(every), days, every))


def _own_hours(dice: Random, days: int) -> Iterator[Occasion]:
    hours = {weekday: dice.uniform(8, 24) for weekday in dice.sample(range(DAYS_A_WEEK), 5)}
    for day in range(days):
        if day % DAYS_A_WEEK in hours:
            yield _at(day, hours[day % DAYS_A_WEEK], 0.3 * HOUR_S, 0.92)


def _in_shifts(dice: Random, days: int) -> Iterator[Occasion]:
    """After work, which is early, late and at night in turn, a week each."""
    hours = dice.uniform(15, 17), dice.uniform(22, 24), dice.uniform(9, 12)
    return (_at(day, hours[day // DAYS_A_WEEK % 3], 0.5 * HOUR_S, 0.7) for day in range(days))


def _in_bursts(dice: Random, days: int) -> Iterator[Occasion]:
    """Some days in a row, then some without, and nobody knows how many."""
    hour, is_on = dice.uniform(12, 22), True
    for day in range(days):
        is_on = is_on if dice.random() < 0.7 else not is_on
        if is_on:
            yield _at(day, hour, dice.uniform(0.3, 1) * HOUR_S, 0.9)


_SOME_DAYS = Weekly(hours=(14, 22), spread_h=(0.2, 0.7), kept=0.85, days_a_week=(4, 6))
_NIGHTS = Weekly(hours=(18, 24), spread_h=(0.1, 0.5), kept=0.9, days_a_week=(4, 6))
_MORNINGS = Weekly(hours=(6, 14), spread_h=(0.1, 0.5), kept=0.9, days_a_week=(3, 6))
_NIGHT_OWLS = Weekly(hours=(23, 27), spread_h=(0.2, 0.75), kept=0.9, days_a_week=(4, 6), moves=True)

# The rule was made with the first ones in view; the others were held back until it was.
IN_VIEW = {
    "daily": Habit(occasions=Weekly(hours=(10, 23), spread_h=(0.08, 0.3), kept=0.95, days_a_week=(6, 7)), length_h=5),
    "some evenings": Habit(
        occasions=Weekly(hours=(18, 22), spread_h=(0.1, 0.5), kept=0.85, days_a_week=(3, 5), moves=True), length_h=4
    ),
    "weekends": Habit(
        occasions=Weekly(hours=(12, 21), spread_h=(0.1, 1), kept=0.8, days_a_week=(2, 2), weekdays=(5, 6)), length_h=5
    ),
    "night owl": Habit(occasions=_NIGHT_OWLS, length_h=6),
    "short sessions": Habit(
        occasions=Weekly(hours=(8, 23), spread_h=(0.1, 0.5), kept=0.85, sessions=(2, 4), moves=True), length_h=0.8
    ),
    "irregular": Habit(occasions=Weekly(hours=(10, 22), spread_h=(5, 5), kept=0.4), length_h=3),
    "random": Habit(occasions=_at_random, length_h=3),
    "dormant": Habit(occasions=partial(_in_spells, _SOME_DAYS), length_h=3),
    "around the clock": Habit(occasions=_around_the_clock, length_h=23.75, comes_back=0),
}
HELD_BACK = {
    "drifting": Habit(occasions=_drifting, length_h=5),
    "two a day": Habit(occasions=_twice_a_day, length_h=3),
    "holidays": Habit(occasions=_with_holidays, length_h=4),
    "marathons": Habit(occasions=_SOME_DAYS, length_h=4, marathons=True),
    "swapped at half-time": Habit(occasions=partial(_swapped, _NIGHTS, _MORNINGS), length_h=5),
    "alternate days": Habit(occasions=_alternate_days, length_h=5),
    "own hours each day": Habit(occasions=_own_hours, length_h=4),
    "seldom": Habit(occasions=Weekly(hours=(12, 22), spread_h=(4, 4), kept=0.04), length_h=3),
    "breaks off": Habit(
        occasions=Weekly(hours=(17, 22), spread_h=(0.5, 0.5), kept=0.85, days_a_week=(4, 6)),
        length_h=2, comes_back=0.6, back_after_s=300,
    ),
    "shifts": Habit(occasions=_in_shifts, length_h=3),
    "bursts": Habit(occasions=_in_bursts, length_h=4),
}  # fmt: skip
HABITS = IN_VIEW | HELD_BACK
