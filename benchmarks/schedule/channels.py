"""Channels that have a habit: their streams, and the rate of their starts for who knows the habit but not the dice.

The same seed gives the same channels.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from math import erf, exp, log, log1p, sqrt
from random import Random
from typing import NamedTuple

from benchmarks.schedule.habits import DAY_S, HABITS, HOUR_S, Habit, Occasion

# A stream that is back sooner goes on in the same recording and is no start to detect.
RECONNECT_WINDOW_S = 300.0
SHORTEST_S, LONGEST_S = 20 * 60.0, 12 * HOUR_S
CLOCK_BREAK_S = 300.0, 900.0
LENGTH_SPREAD = 0.4
ADDED_S = 8 * 7 * DAY_S

# An occasion is asked about from so long before its day to so long after.
_NEAR_S = 2 * DAY_S
_MOST_CERTAIN = 0.98


class Stream(NamedTuple):
    """`occasion` is the number of the one that it came of."""

    start_s: float
    end_s: float
    occasion: int


class Channel(NamedTuple):
    """`streams` are in order and apart, `occasions` in the order of their days.

    It is added at `ADDED_S`; what it streamed before is its `past`, which its platform may know.
    """

    kind: str
    habit: Habit
    occasions: Sequence[Occasion]
    past: Sequence[Stream]
    streams: Sequence[Stream]


def channels(kinds: Iterable[str], of_each: int, days: int, seed: int) -> list[Channel]:
    """So many of each kind, that are watched for so many days."""
    return [_channel(kind, days, f"{seed}/{kind}/{number}") for kind in kinds for number in range(of_each)]


def _channel(kind: str, days: int, seed: str) -> Channel:
    habit, dice = HABITS[kind], Random(seed)  # noqa: S311 -- a world that can be made again, no secret
    all_days = days + int(ADDED_S / DAY_S)
    occasions = sorted(habit.occasions(dice, all_days), key=lambda occasion: occasion.day_s)
    streams = list(_streams(habit, occasions, all_days * DAY_S, dice))
    past = [stream for stream in streams if stream.end_s < ADDED_S]
    watched = [stream for stream in streams if stream.start_s >= ADDED_S]
    return Channel(kind, habit, occasions, past, watched)


def _streams(habit: Habit, occasions: Sequence[Occasion], until_s: float, dice: Random) -> Iterator[Stream]:
    free_s = 0.0
    for start_s, number in sorted(_starts(occasions, dice)):
        at_s = start_s
        while free_s <= at_s < until_s:
            end_s = at_s + _length_s(habit, dice)
            yield Stream(at_s, end_s, number)
            free_s = end_s + RECONNECT_WINDOW_S
            if dice.random() >= habit.comes_back:
                break
            at_s = free_s + dice.expovariate(1 / habit.back_after_s)


def _starts(occasions: Sequence[Occasion], dice: Random) -> Iterator[tuple[float, int]]:
    for number, occasion in enumerate(occasions):
        if dice.random() < occasion.chance:
            yield _start_s(occasion, dice), number


def _start_s(occasion: Occasion, dice: Random) -> float:
    if dice.random() < occasion.stray:
        return occasion.day_s + dice.uniform(0, DAY_S)
    return dice.gauss(occasion.centre_s, occasion.spread_s)


def _length_s(habit: Habit, dice: Random) -> float:
    if habit.marathons and dice.random() < 0.05:
        return dice.uniform(24, 48) * HOUR_S
    if habit.length_h * HOUR_S > LONGEST_S:
        return DAY_S - RECONNECT_WINDOW_S - dice.uniform(*CLOCK_BREAK_S)
    length_s = dice.lognormvariate(log(habit.length_h * HOUR_S), LENGTH_SPREAD)
    return min(max(length_s, SHORTEST_S), LONGEST_S)


class TrueRate:
    """The rate at which a channel starts, known to nobody but its maker: what a rule can hope for at the best."""

    def __init__(self, channel: Channel) -> None:
        self._habit, self._occasions = channel.habit, channel.occasions
        self._days_s = [occasion.day_s for occasion in channel.occasions]
        self._over: set[int] = set()
        self._ended_s: float | None = None

    def ended(self, stream: Stream) -> None:
        self._over.add(stream.occasion)
        self._ended_s = stream.end_s

    def per_s(self, at_s: float) -> float:
        """The mean until that quarter of an hour is over."""
        until_s = (at_s // 900 + 1) * 900
        expected = self._return(until_s) - self._return(at_s)
        for number in range(bisect_left(self._days_s, at_s - _NEAR_S), bisect_left(self._days_s, at_s + _NEAR_S)):
            if number not in self._over:
                occasion = self._occasions[number]
                expected += _expected(occasion, until_s) - _expected(occasion, at_s)
        return expected / (until_s - at_s)

    def _return(self, at_s: float) -> float:
        if self._ended_s is None:
            return 0.0
        since_s = max(at_s - self._ended_s - RECONNECT_WINDOW_S, 0.0)
        return -log1p(-self._habit.comes_back * (1 - exp(-since_s / self._habit.back_after_s)))


def _expected(occasion: Occasion, at_s: float) -> float:
    """The cumulated hazard: minus the logarithm of the chance that it has not come by then."""
    usual = (1 + erf((at_s - occasion.centre_s) / occasion.spread_s / sqrt(2))) / 2
    stray = min(max((at_s - occasion.day_s) / DAY_S, 0.0), 1.0)
    came = occasion.chance * (usual * (1 - occasion.stray) + stray * occasion.stray)
    return -log1p(-min(came, _MOST_CERTAIN))
