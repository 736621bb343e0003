"""Places on a recording's timeline as people type and read them: `1:02:03.5`."""

import re
from collections.abc import Mapping
from datetime import timedelta

import typer

_CLOCK = re.compile(r"(?:(?:(?P<hours>\d{1,4}):)?(?P<minutes>\d{1,6}):)?(?P<seconds>\d{1,9}(?:\.\d{1,6})?)", re.ASCII)


def seconds_of(clock: str, name: str) -> float:
    """The seconds of `65`, `1:05` or `1:02:03.5`, typed as the argument of this name. Raises BadParameter."""
    found = _CLOCK.fullmatch(clock)
    if not found:
        raise typer.BadParameter(f"{clock!r} is no time; give seconds or 1:02:03.5", param_hint=[name])
    parts = {unit: float(amount) for unit, amount in found.groupdict(default="0").items()}
    return timedelta(**parts).total_seconds()


def clock_of(seconds: float) -> str:
    """`1:02:03.5`, as it can be typed again."""
    whole_s, tenths = divmod(round(seconds * 10), 10)
    minutes, second = divmod(whole_s, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{second:02d}.{tenths}"


def range_of(seconds: Mapping[str, float]) -> str:
    """In words, of what the API calls `begin` and `end`."""
    return f"{clock_of(seconds['begin'])} to {clock_of(seconds['end'])}"
