"""The commands that refine a recording: what is cut out of it, and what is brought back."""

import shlex
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any

import typer

from mntreamer.domain.playlists.timelines import Line
from mntreamer_local.command_line.answering import Json, answer
from mntreamer_local.command_line.clock_times import clock_of, range_of, seconds_of
from mntreamer_local.command_line.not_blank import not_blank
from mntreamer_local.command_line.recording_paths import path_of, path_of_id
from mntreamer_local.command_line.short_ids import short_id
from mntreamer_local.command_line.which_api import api_of
from mntreamer_local.command_line.which_recording import Recording, recording_id

commands = typer.Typer()
command = partial(commands.command, rich_help_panel="Refining")
_TIME = "Seconds, or hours, minutes and seconds: 1:02:03.5"
Begin = Annotated[str, typer.Argument(metavar="BEGIN", help=_TIME)]
End = Annotated[str, typer.Argument(metavar="END", help=_TIME)]
TimelineOption = Annotated[Line, typer.Option("--timeline", help="As it is played now, or as it was recorded.")]


@command(epilog="For example: mntreamer cut 21334001 1:05 1:32.5")
def cut(
    context: typer.Context,
    recording: Recording,
    begin: Begin,
    end: End,
    line: TimelineOption = Line.PUBLISHED,
    *,
    as_json: Json = False,
) -> None:
    """Leave a range out of what is played; nothing recorded is touched."""
    body = {"begin": seconds_of(begin, "BEGIN"), "end": seconds_of(end, "END"), "timeline": line.value}
    api = api_of(context)
    whole_id = recording_id(api, recording)
    made = api.call("POST", path_of_id(whole_id, "cuts"), body)
    answer(made, lambda: _show_made(short_id(whole_id), made), as_json=as_json)


@command(epilog="For example: mntreamer cuts 21334001")
def cuts(context: typer.Context, recording: Recording, *, as_json: Json = False) -> None:
    """Show what is cut out of a recording, in times of the source."""
    api = api_of(context)
    listed = api.call("GET", path_of(api, recording, "cuts"))
    answer(listed, lambda: _show_left(listed), as_json=as_json)


@command(epilog="For example: mntreamer undo 21334001 4f2a91c07d3e")
def undo(
    context: typer.Context,
    recording: Recording,
    cut_id: Annotated[
        str | None,
        typer.Argument(metavar="CUT", help="One cut; all of them where none is named.", callback=not_blank),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Bring back what was cut out."""
    api = api_of(context)
    left = api.call("DELETE", path_of(api, recording, "cuts", *([cut_id] if cut_id else [])))
    answer(left, lambda: _show_left(left), as_json=as_json)


def _show_made(recording: str, made: Mapping[str, Any]) -> None:
    removed, played = range_of(made["removed"]["source"]), clock_of(made["duration_s"])
    typer.echo(f"{removed} of the source is cut out; {played} is played")
    typer.echo(f"to bring it back: {shlex.join(['mntreamer', 'undo', recording, made['cut_id']])}")


def _show_left(left: Mapping[str, Any]) -> None:
    cuts: Sequence[Mapping[str, Any]] = left["cuts"]
    for cut in cuts:
        gone = ", deleted for good" if cut["is_purged"] else ""
        where = range_of(cut["source"]) if "source" in cut else "of what is no longer listed"
        typer.echo(f"{cut['cut_id']}  {where}{gone}")
    of_all = f"{clock_of(left['duration_s'])} of {clock_of(left['source_duration_s'])} is played"
    typer.echo(of_all if cuts else f"nothing is cut out; {of_all}")
