"""Why a streamer is checked when it is, and when it usually starts, for people."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHADES = "·▁▂▃▄▅▆▇█"
_HOURS = 24


def schedule_lines(streamer: Mapping[str, Any]) -> Iterator[str]:
    """Its next check's reason, what came of its checks lately, and a line for each day of the week."""
    if streamer["check_reason"]:
        yield f"next check: {streamer['check_reason']}"
    if streamer["looks_a_day"] is not None:
        yield f"checked {streamer['looks_a_day']:.0f} times a day lately{_delay(streamer)}"
    if any(streamer["expected_starts"]):
        yield from week_lines(streamer["expected_starts"])


def week_lines(expected_starts: Sequence[float]) -> Iterator[str]:
    """An hour is a sign, the higher the more starts are usual in it; below them the hours of the day."""
    most = max(expected_starts)
    for number, day in enumerate(_DAYS):
        hours = expected_starts[number * _HOURS : (number + 1) * _HOURS]
        yield f"{day} {''.join(_shade(of / most) for of in hours)}"
    yield "    0     6     12    18"


def _delay(streamer: Mapping[str, Any]) -> str:
    delay_s = streamer["delay_mean_s"]
    return "" if delay_s is None else f", its starts seen {delay_s:.0f} s late in the mean"


def _shade(share: float) -> str:
    return _SHADES[round(share * (len(_SHADES) - 1))]
