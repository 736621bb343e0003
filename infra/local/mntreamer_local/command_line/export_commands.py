"""The commands about exports: files of a recording to take away."""

import shlex
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, unquote

import typer

from mntreamer.domain.exports.export import ExportFormat, ExportStatus
from mntreamer.domain.playlists.timelines import Line
from mntreamer_local.command_line.answering import Json, answer, local_now
from mntreamer_local.command_line.client import ApiClient, CallFailed
from mntreamer_local.command_line.clock_times import seconds_of
from mntreamer_local.command_line.downloads import Target, download_all
from mntreamer_local.command_line.exit_codes import ExitCode
from mntreamer_local.command_line.export_progress import finished
from mntreamer_local.command_line.not_blank import not_blank
from mntreamer_local.command_line.quantities import length, moment, size
from mntreamer_local.command_line.recording_paths import path_of
from mntreamer_local.command_line.refining_commands import TimelineOption
from mntreamer_local.command_line.short_ids import short_id
from mntreamer_local.command_line.terminal import Table, show, show_table
from mntreamer_local.command_line.which_api import api_of
from mntreamer_local.command_line.which_recording import Recording

commands = typer.Typer()
command = partial(commands.command, rich_help_panel="Clips, exports, sharing")
Export = Annotated[str, typer.Argument(metavar="EXPORT", help="As 'mntreamer exports' shows it.", callback=not_blank)]
Output = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="PATH", help="The file to write, or the folder for it."),
]
_HERE = Path()


@command(epilog="For example: mntreamer export 21334001, or: mntreamer export 21334001 1:05 1:32.5 -o goal.mp4")
def export(  # noqa: PLR0913 -- each is something that a person can say
    context: typer.Context,
    recording: Recording,
    begin: Annotated[str | None, typer.Argument(metavar="BEGIN", help="Seconds, or 1:02:03.5; the begin.")] = None,
    end: Annotated[str | None, typer.Argument(metavar="END", help="Likewise; the end.")] = None,
    *,
    file_format: Annotated[ExportFormat, typer.Option("--format", help="What players take.")] = ExportFormat.MP4,
    line: TimelineOption = Line.PUBLISHED,
    output: Output = _HERE,
    wait: Annotated[bool, typer.Option(help="Wait for it and download it, or only order it.")] = True,
    as_json: Json = False,
) -> None:
    """Make a file of what the cuts leave, and download it."""
    wish = _wish(file_format, begin, end, line)
    api = api_of(context)
    path = path_of(api, recording)
    target = Target.of(api.call("GET", path), file_format, output) if wait else None
    ordered = api.call("POST", f"{path}/exports", wish)
    if target is None:
        answer(ordered, lambda: _show([ordered]), as_json=as_json)
    else:
        _fetch(api, f"{path}/exports/{ordered['export_id']}", target, as_json=as_json)


@command(epilog="For example: mntreamer download 21334001 20261122T123318Z-4f2a91c0")
def download(
    context: typer.Context, recording: Recording, export_id: Export, output: Output = _HERE, *, as_json: Json = False
) -> None:
    """Download an export that was made, or is being made."""
    api = api_of(context)
    path = path_of(api, recording)
    export_path = f"{path}/exports/{quote(export_id, safe='')}"
    target = Target.of(api.call("GET", path), api.call("GET", export_path)["format"], output)
    _fetch(api, export_path, target, as_json=as_json)


@command(epilog="For example: mntreamer exports 21334001")
def exports(context: typer.Context, recording: Recording, *, as_json: Json = False) -> None:
    """Show the exports of a recording, and how far each is."""
    api = api_of(context)
    listed = api.call("GET", path_of(api, recording, "exports"))
    answer(listed, lambda: _show(listed["exports"]), as_json=as_json)


@command(epilog="For example: mntreamer unexport 21334001 20261122T123318Z-4f2a91c0")
def unexport(context: typer.Context, recording: Recording, export_id: Export, *, as_json: Json = False) -> None:
    """Delete an export from the server, or stop making it."""
    api = api_of(context)
    api.call("DELETE", path_of(api, recording, "exports", export_id))
    answer({"export_id": export_id}, lambda: show(f"export {export_id} is gone"), as_json=as_json)


def _wish(file_format: ExportFormat, begin: str | None, end: str | None, line: Line) -> dict[str, Any]:
    times = {"begin": begin, "end": end}
    given = {name: seconds_of(time, name.upper()) for name, time in times.items() if time is not None}
    return {"format": file_format.value, "timeline": line.value, **given}


def _fetch(api: ApiClient, path: str, target: Target, *, as_json: bool) -> None:
    """Wait and download; where that is broken off, say how to go on, as the server does by itself."""
    try:
        export = finished(api, path)
        files = download_all(export, target)
    except KeyboardInterrupt:
        _tell_how_to_go_on(path)
        raise
    except CallFailed as failed:
        if failed.exit_code is ExitCode.UNREACHABLE:
            _tell_how_to_go_on(path)
        raise
    answer(export | {"paths": [str(file) for file in files]}, lambda: show(*map(_line, files)), as_json=as_json)


def _tell_how_to_go_on(path: str) -> None:
    _, _, whole_id, _, export_id = unquote(path).split("/")
    typer.echo(f"to go on with it: {shlex.join(['mntreamer', 'download', short_id(whole_id), export_id])}", err=True)


def _line(file: Path) -> str:
    return f"{file}  {size(file.stat().st_size)}"


def _show(exports: Sequence[Mapping[str, Any]]) -> None:
    if not exports:
        show("there are no exports")
        return
    titles = ("export", "format", "length", "status", "size", "kept until")
    show_table(
        Table(titles, [_row(export) for export in exports], spared_first=("kept until", "format")),
        [f"  {export['problem']}" if export["problem"] else "" for export in exports],
    )


def _row(export: Mapping[str, Any]) -> tuple[str, ...]:
    status = export["status"].lower()
    done = f"{status} {export['progress_percent']:.0f} %" if export["status"] == ExportStatus.RUNNING else status
    bytes_of_all = sum(file["size_bytes"] for file in export["files"])
    return (
        export["export_id"],
        export["format"],
        length(export["duration_s"]),
        done,
        size(bytes_of_all) if export["files"] else "",
        moment(export["expires_at"], local_now()) if export["expires_at"] else "",
    )
