"""How long something lasts, as people type it: `90m`, `12h`, `7d`."""

import re
from datetime import timedelta

import typer

_LIFETIME = re.compile(r"(?P<count>\d{1,5})(?P<unit>[mhdw])", re.ASCII)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def lifetime(text: str, option: str) -> timedelta:
    """The time that was typed behind the option. Raises BadParameter."""
    found = _LIFETIME.fullmatch(text)
    if not found:
        raise typer.BadParameter(f"{text!r} is no time; give 90m, 12h, 7d or 2w", param_hint=[option])
    return int(found["count"]) * _UNITS[found["unit"]]
