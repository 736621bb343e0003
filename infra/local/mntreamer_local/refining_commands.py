"""The commands that refine a recording: what is cut out of it, and what is brought back."""

import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import quote

import typer

from mntreamer.domain.playlists.timelines import Line
from mntreamer_local.answering import Json, answer
from mntreamer_local.client import api_of_environment

commands = typer.Typer()
Recording = Annotated[str, typer.Argument(help="The recording_id, as 'mntreamer recordings --json' has it.")]
Moment = Annotated[str, typer.Argument(metavar="TIME", help="Seconds, or hours, minutes and seconds: 1:02:03.5")]
_CLOCK = re.compile(r"(?:(?:(?P<hours>\d{1,4}):)?(?P<minutes>\d{1,6}):)?(?P<seconds>\d{1,9}(?:\.\d{1,6})?)", re.ASCII)


@commands.command()
def cut(
    recording: Recording,
    begin: Moment,
    end: Moment,
    line: Annotated[
        Line, typer.Option("--timeline", help="As it is played now, or as it was recorded.")
    ] = Line.PUBLISHED,
    *,
    as_json: Json = False,
) -> None:
    """Leave a range out of what is played; nothing that was recorded is touched."""
    body = {"begin": _seconds(begin, "BEGIN"), "end": _seconds(end, "END"), "timeline": line.value}
    made = api_of_environment().call("POST", _cuts_of(recording), body)
    answer(made, lambda: _show_made(recording, made), as_json=as_json)


@commands.command()
def cuts(recording: Recording, *, as_json: Json = False) -> None:
    """Show what is cut out of a recording, in times of the source."""
    listed = api_of_environment().call("GET", _cuts_of(recording))
    answer(listed, lambda: _show_left(listed), as_json=as_json)


@commands.command()
def undo(
    recording: Recording,
    cut_id: Annotated[str, typer.Argument(metavar="[CUT]", help="One cut; all of them where none is named.")] = "",
    *,
    as_json: Json = False,
) -> None:
    """Bring back what was cut out."""
    one = f"/{quote(cut_id, safe='')}" if cut_id else ""
    left = api_of_environment().call("DELETE", _cuts_of(recording) + one)
    answer(left, lambda: _show_left(left), as_json=as_json)


def _cuts_of(recording: str) -> str:
    return f"/recordings/{quote(recording, safe=':')}/cuts"


def _seconds(clock: str, name: str) -> float:
    """Raises BadParameter."""
    found = _CLOCK.fullmatch(clock)
    if not found:
        raise typer.BadParameter(f"{clock!r} is no time; give seconds or 1:02:03.5", param_hint=[name])
    parts = {unit: float(amount) for unit, amount in found.groupdict(default="0").items()}
    return timedelta(**parts).total_seconds()


def _show_made(recording: str, made: Mapping[str, Any]) -> None:
    typer.echo(
        f"{_range(made['removed']['source'])} of the source is cut out; {_clock(made['duration_s'])} is played"
    )
    typer.echo(f"to bring it back: {shlex.join(['mntreamer', 'undo', recording, made['cut_id']])}")


def _show_left(left: Mapping[str, Any]) -> None:
    cuts: Sequence[Mapping[str, Any]] = left["cuts"]
    for cut in cuts:
        gone = ", deleted for good" if cut["is_purged"] else ""
        where = _range(cut["source"]) if "source" in cut else "of what is no longer listed"
        typer.echo(f"{cut['cut_id']}  {where}{gone}")
    of_all = f"{_clock(left['duration_s'])} of {_clock(left['source_duration_s'])} is played"
    typer.echo(of_all if cuts else f"nothing is cut out; {of_all}")


def _range(seconds: Mapping[str, float]) -> str:
    return f"{_clock(seconds['begin'])} to {_clock(seconds['end'])}"


def _clock(seconds: float) -> str:
    """`1:02:03.5`, as it can be typed again."""
    whole_s, tenths = divmod(round(seconds * 10), 10)
    minutes, second = divmod(whole_s, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{second:02d}.{tenths}"
