"""The commands about markers: places in a recording that somebody gave a name."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any

import typer

from mntreamer.domain.playlists.timelines import Line
from mntreamer_local.command_line.answering import Json, answer
from mntreamer_local.command_line.clock_times import clock_of, seconds_of
from mntreamer_local.command_line.not_blank import not_blank
from mntreamer_local.command_line.recording_paths import path_of
from mntreamer_local.command_line.refining_commands import TimelineOption
from mntreamer_local.command_line.terminal import Table, show, show_table
from mntreamer_local.command_line.which_api import api_of
from mntreamer_local.command_line.which_recording import Recording

commands = typer.Typer()
command = partial(commands.command, rich_help_panel="Refining")
_NOWHERE = "cut out"


@command(epilog="For example: mntreamer mark 21334001 1:02:03 goal")
def mark(
    context: typer.Context,
    recording: Recording,
    at: Annotated[str, typer.Argument(metavar="TIME", help="Seconds, or 1:02:03.5.")],
    label: Annotated[str, typer.Argument(metavar="LABEL", help="What is there.")],
    line: TimelineOption = Line.PUBLISHED,
    *,
    as_json: Json = False,
) -> None:
    """Set a marker in a recording."""
    body = {"at": seconds_of(at, "TIME"), "label": label, "timeline": line.value}
    api = api_of(context)
    marker = api.call("POST", path_of(api, recording, "markers"), body)
    answer(marker, lambda: _show([marker]), as_json=as_json)


@command(epilog="For example: mntreamer markers 21334001")
def markers(context: typer.Context, recording: Recording, *, as_json: Json = False) -> None:
    """Show the markers in a recording."""
    api = api_of(context)
    listed = api.call("GET", path_of(api, recording, "markers"))
    answer(listed, lambda: _show(listed["markers"]), as_json=as_json)


@command(epilog="For example: mntreamer unmark 21334001 4f2a91c07d3e")
def unmark(
    context: typer.Context,
    recording: Recording,
    marker_id: Annotated[
        str, typer.Argument(metavar="MARKER", help="As 'mntreamer markers' shows it.", callback=not_blank)
    ],
    *,
    as_json: Json = False,
) -> None:
    """Take a marker away."""
    api = api_of(context)
    api.call("DELETE", path_of(api, recording, "markers", marker_id))
    answer({"marker_id": marker_id}, lambda: show(f"marker {marker_id} is gone"), as_json=as_json)


def _show(markers: Sequence[Mapping[str, Any]]) -> None:
    if not markers:
        show("nothing is marked")
        return
    rows = [(*_places(marker), marker["label"], marker["marker_id"]) for marker in markers]
    show_table(Table(("played at", "source", "label", "marker"), rows, cut_first=("label",)))


def _places(marker: Mapping[str, Any]) -> tuple[str, str]:
    played, source = marker["published"], marker["source"]
    return _NOWHERE if played is None else clock_of(played), "" if source is None else clock_of(source)
