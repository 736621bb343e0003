"""Hours of the week in which a streamer is recorded, in the zone of its platform."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[str, ...] = get_args(Day)
_DAY_MIN = 24 * 60
_WEEK_MIN = 7 * _DAY_MIN


@dataclass(frozen=True, slots=True)
class Hours:
    """From `begin` to `end` (`18:00`), beginning on these days; past midnight where the end is no later."""

    days: tuple[str, ...]
    begin: str
    end: str


def are_on(hours: Iterable[Hours], local: datetime) -> bool:
    """Whether some of them are on then."""
    now_min = _minute_of_week(local)
    return any((now_min - begin) % _WEEK_MIN < _length_min(each) for each in hours for begin in _begins_min(each))


def until_next(hours: Iterable[Hours], local: datetime) -> timedelta:
    """How long it is until some of them begin; a week at the most."""
    now_min = _minute_of_week(local)
    waits_min = [(begin - now_min - 1) % _WEEK_MIN + 1 for each in hours for begin in _begins_min(each)]
    into_the_minute = timedelta(seconds=local.second, microseconds=local.microsecond)
    return timedelta(minutes=min(waits_min)) - into_the_minute


def _begins_min(hours: Hours) -> list[int]:
    return [DAYS.index(day) * _DAY_MIN + _minute_of_day(hours.begin) for day in hours.days]


def _length_min(hours: Hours) -> int:
    return (_minute_of_day(hours.end) - _minute_of_day(hours.begin)) % _DAY_MIN or _DAY_MIN


def _minute_of_day(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def _minute_of_week(local: datetime) -> int:
    return local.weekday() * _DAY_MIN + local.hour * 60 + local.minute
