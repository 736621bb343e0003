"""A made-up world of channels with the habits that streamers have; no data of real channels is behind it.

Times are seconds since the first day's midnight (a Monday's) in the platform's zone. The same seed gives the same
world, and a channel's streams do not depend on the number of channels.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from math import log
from random import Random
from typing import NamedTuple

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
DAYS_A_WEEK = 7

# A stream that is back sooner goes on in the same recording and is no start to detect.
RECONNECT_WINDOW_S = 300.0
LENGTHS_S = (20 * 60.0, 12 * HOUR_S)
LENGTH_SPREAD = 0.4
OUT_OF_THE_BLUE = 0.1
LEAVE_DAYS = 14
MOVING = 0.5
MOVED_H = 4.0


class Stream(NamedTuple):
    start_s: float
    end_s: float


class Channel(NamedTuple):
    """`streams` are in order and apart."""

    habit: str
    streams: tuple[Stream, ...]


class Spells(NamedTuple):
    """Ranges of days: so long the channel streams, so long it is silent."""

    active_days: tuple[int, int]
    silent_days: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """Channels that start around their own usual hours on their own days of the week.

    `weight` in a hundred channels are so. Each draws its value from the ranges `hours` (past 24: after midnight),
    `days_a_week` (out of `weekdays`, Monday is 0) and `sessions` a day. It keeps a day with the chance `kept` and
    misses the hour with a standard deviation of `spread_h`, but for one stream in ten that comes at any hour. The
    median of its streams lasts `length_h`. It takes a fortnight's leave a year; every other channel changes its
    hours once.
    """

    weight: int
    hours: tuple[float, float]
    spread_h: float
    length_h: float
    kept: float
    days_a_week: tuple[int, int] = (DAYS_A_WEEK, DAYS_A_WEEK)
    weekdays: tuple[int, ...] = tuple(range(DAYS_A_WEEK))
    sessions: tuple[int, int] = (1, 1)
    spells: Spells | None = None

    def streams(self, days: int, dice: Random) -> Iterator[Stream]:
        for start_s in sorted(self._starts(days, dice)):
            yield Stream(start_s, start_s + self._length_s(dice))

    def _starts(self, days: int, dice: Random) -> Iterator[float]:
        usual_hours = [dice.uniform(*self.hours) for _ in range(dice.randint(*self.sessions))]
        moves_on = dice.randrange(days) if dice.random() < MOVING else days
        moved_h = dice.uniform(-MOVED_H, MOVED_H)
        for day in self._days(days, dice):
            for hour in usual_hours:
                if dice.random() < self.kept:
                    yield day * DAY_S + self._hour(hour + moved_h * (day >= moves_on), dice) * HOUR_S

    def _hour(self, usual: float, dice: Random) -> float:
        return dice.uniform(0, 24) if dice.random() < OUT_OF_THE_BLUE else dice.gauss(usual, self.spread_h)

    def _days(self, days: int, dice: Random) -> Iterator[int]:
        weekdays = dice.sample(self.weekdays, dice.randint(*self.days_a_week))
        leave = dice.randrange(365)
        active = self._active(dice)
        for day in range(days):
            if next(active) and day % DAYS_A_WEEK in weekdays and not 0 <= day % 365 - leave < LEAVE_DAYS:
                yield day

    def _active(self, dice: Random) -> Iterator[bool]:
        """For each day, without an end. A channel with spells is met somewhere in a silent one."""
        if self.spells is None:
            yield from cycle([True])
            return
        yield from [False] * dice.randrange(self.spells.silent_days[1])
        while True:
            yield from [True] * dice.randint(*self.spells.active_days)
            yield from [False] * dice.randint(*self.spells.silent_days)

    def _length_s(self, dice: Random) -> float:
        shortest_s, longest_s = LENGTHS_S
        length_s = dice.lognormvariate(log(self.length_h * HOUR_S), LENGTH_SPREAD)
        return min(max(length_s, shortest_s), longest_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class AroundTheClock:
    """Channels on air day and night that start anew each day at an hour of their own, after a break of minutes."""

    weight: int
    hours: tuple[float, float]
    break_s: tuple[float, float]

    def streams(self, days: int, dice: Random) -> Iterator[Stream]:
        hour = dice.uniform(*self.hours)
        start_s = 0.0
        for day in range(days):
            end_s = day * DAY_S + hour * HOUR_S
            yield Stream(start_s, end_s)
            start_s = end_s + dice.uniform(*self.break_s)


Habit = Weekly | AroundTheClock

HABITS: Mapping[str, Habit] = {
    "daily at a fixed hour": Weekly(
        weight=18, hours=(10, 23), spread_h=0.2, length_h=5, kept=0.95, days_a_week=(6, 7)
    ),
    "some evenings": Weekly(weight=20, hours=(18, 22), spread_h=0.5, length_h=4, kept=0.85, days_a_week=(3, 5)),
    "weekends": Weekly(
        weight=9, hours=(12, 21), spread_h=1, length_h=5, kept=0.8, days_a_week=(2, 2), weekdays=(5, 6)
    ),
    "night owl": Weekly(weight=10, hours=(23, 27), spread_h=0.75, length_h=6, kept=0.9, days_a_week=(4, 6)),
    "short sessions": Weekly(weight=8, hours=(8, 23), spread_h=0.4, length_h=0.8, kept=0.85, sessions=(2, 4)),
    "irregular": Weekly(weight=16, hours=(10, 22), spread_h=5, length_h=3, kept=0.4),
    "seldom": Weekly(weight=9, hours=(12, 22), spread_h=4, length_h=2.5, kept=0.05),
    "dormant": Weekly(
        weight=8, hours=(14, 23), spread_h=1, length_h=3, kept=0.8, days_a_week=(2, 5),
        spells=Spells(active_days=(10, 40), silent_days=(60, 200)),
    ),
    "around the clock": AroundTheClock(weight=2, hours=(4, 7), break_s=(RECONNECT_WINDOW_S, 900)),
}  # fmt: skip


def channels(number: int, days: int, seed: int) -> Iterator[Channel]:
    """Channels with the habits in about the shares of their weights, over so many days."""
    weights = [habit.weight for habit in HABITS.values()]
    for index in range(number):
        dice = Random(f"{seed}/{index}")  # noqa: S311 -- a world that can be made again, no secret
        name = dice.choices(list(HABITS), weights)[0]
        yield Channel(name, tuple(_apart(HABITS[name].streams(days, dice), days * DAY_S)))


def _apart(streams: Iterator[Stream], until_s: float) -> Iterator[Stream]:
    """Without those that start before the one before has been over for the reconnect window, or outside the year."""
    free_from_s = 0.0
    for stream in streams:
        if free_from_s <= stream.start_s < until_s:
            yield stream
            free_from_s = stream.end_s + RECONNECT_WINDOW_S
