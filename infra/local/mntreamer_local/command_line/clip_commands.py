"""The commands about clips: pieces of a recording with a title and a link, without a copy."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any

import typer

from mntreamer.domain.playlists.timelines import Line
from mntreamer_local.command_line.answering import Json, answer
from mntreamer_local.command_line.clock_times import clock_of, range_of, seconds_of
from mntreamer_local.command_line.not_blank import not_blank
from mntreamer_local.command_line.recording_paths import path_of
from mntreamer_local.command_line.refining_commands import Begin, End, TimelineOption
from mntreamer_local.command_line.terminal import Table, show, show_table
from mntreamer_local.command_line.which_api import api_of
from mntreamer_local.command_line.which_recording import Recording

commands = typer.Typer()
command = partial(commands.command, rich_help_panel="Clips, exports, sharing")


@command(epilog="For example: mntreamer clip 21334001 1:05 1:32.5 'the goal'")
def clip(
    context: typer.Context,
    recording: Recording,
    begin: Begin,
    end: End,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What it is called.")],
    line: TimelineOption = Line.PUBLISHED,
    *,
    as_json: Json = False,
) -> None:
    """Make a range a clip, which is played by itself."""
    times = {"begin": seconds_of(begin, "BEGIN"), "end": seconds_of(end, "END")}
    api = api_of(context)
    body = {**times, "title": title, "timeline": line.value}
    made = api.call("POST", path_of(api, recording, "clips"), body)
    answer(made, lambda: _show([made]), as_json=as_json)


@command(epilog="For example: mntreamer clips 21334001")
def clips(context: typer.Context, recording: Recording, *, as_json: Json = False) -> None:
    """Show the clips of a recording, and where each is played."""
    api = api_of(context)
    listed = api.call("GET", path_of(api, recording, "clips"))
    answer(listed, lambda: _show(listed["clips"]), as_json=as_json)


@command(epilog="For example: mntreamer unclip 21334001 4f2a91c07d3e")
def unclip(
    context: typer.Context,
    recording: Recording,
    clip_id: Annotated[
        str, typer.Argument(metavar="CLIP", help="As 'mntreamer clips' shows it.", callback=not_blank)
    ],
    *,
    as_json: Json = False,
) -> None:
    """Delete a clip and its link; the recording stays as it is."""
    api = api_of(context)
    api.call("DELETE", path_of(api, recording, "clips", clip_id))
    answer({"clip_id": clip_id}, lambda: show(f"clip {clip_id} is gone"), as_json=as_json)


def _show(clips: Sequence[Mapping[str, Any]]) -> None:
    if not clips:
        show("there are no clips")
        return
    rows = [(clip["title"], clock_of(clip["duration_s"]), _source(clip), clip["clip_id"]) for clip in clips]
    table = Table(("title", "length", "of the source", "clip"), rows, cut_first=("title",))
    show_table(table, [f"  {clip['playlist_url']}" for clip in clips])


def _source(clip: Mapping[str, Any]) -> str:
    return range_of(clip["source"]) if "source" in clip else "no longer listed"
