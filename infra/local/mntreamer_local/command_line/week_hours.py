"""Hours of the week as people type and read them: `mon-fri 18:00-02:00`, `sat,sun 12:00-24:00`, `20:00-22:00`."""

import re
from collections.abc import Mapping
from typing import Any

import typer

from mntreamer.domain.monitors.hours import DAYS

_HOURS = re.compile(r"(?:(?P<days>[a-z,-]+) +)?(?P<begin>[0-9:]{5})-(?P<end>[0-9:]{5})")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


def hours_of(text: str) -> dict[str, Any]:
    """As the API takes them; without days they are each day's. Raises BadParameter."""
    found = _HOURS.fullmatch(text.strip().lower())
    if not found:
        raise _wrong(text)
    days = _days(found["days"], text) if found["days"] else list(DAYS)
    return {"days": days, "begin": _clock(found["begin"], text), "end": _clock(found["end"], text)}


def hours_text(hours: Mapping[str, Any]) -> str:
    """The inverse, day by day."""
    days = "" if len(hours["days"]) == len(DAYS) else f"{','.join(hours['days'])} "
    return f"{days}{hours['begin']}-{hours['end']}"


def _days(listed: str, text: str) -> list[str]:
    days: list[str] = []
    for part in listed.split(","):
        first, *last = part.split("-")
        if not {first, *last} <= {*DAYS} or last[1:]:
            raise _wrong(text)
        begin, end = DAYS.index(first), DAYS.index(last[0] if last else first)
        days += [DAYS[day % len(DAYS)] for day in range(begin, end + (1 if begin <= end else 1 + len(DAYS)))]
    return list(dict.fromkeys(days))


def _clock(clock: str, text: str) -> str:
    if not _CLOCK.fullmatch(clock):
        raise _wrong(text)
    return "00:00" if clock == "24:00" else clock


def _wrong(text: str) -> typer.BadParameter:
    return typer.BadParameter(f"give hours like 'mon-fri 18:00-02:00', not {text!r}", param_hint=["--hours"])
