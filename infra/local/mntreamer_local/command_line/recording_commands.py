"""The commands about recordings: what there is, and what is done to one as a whole."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from mntreamer.domain.recordings.recording import RecordingStatus
from mntreamer_local.command_line.answering import Json, answer, local_now
from mntreamer_local.command_line.client import ApiClient
from mntreamer_local.command_line.completing import channels
from mntreamer_local.command_line.confirming import Yes, sure
from mntreamer_local.command_line.quantities import moment
from mntreamer_local.command_line.recording_paths import path_of, path_of_id
from mntreamer_local.command_line.recording_sheet import described, show_gaps, show_recording
from mntreamer_local.command_line.short_ids import short_id
from mntreamer_local.command_line.tables import show_recordings
from mntreamer_local.command_line.terminal import show as say
from mntreamer_local.command_line.which_api import api_of
from mntreamer_local.command_line.which_recording import DELETED, LISTED, Recording, newest, recording_id
from mntreamer_local.command_line.who_is_meant import begins_so, is_channel

commands = typer.Typer()
command = partial(commands.command, rich_help_panel="Recordings")
Data = Annotated[
    Path,
    typer.Option(envvar="MNTREAMER_DATA", help="Where this machine's server keeps everything."),
]
Status = Annotated[
    list[RecordingStatus] | None,
    typer.Option(
        case_sensitive=False, help="Only those; more than one can be given. IDLE is to refine, TERMINATED is deleted."
    ),
]
_LIMIT = 50
_PAGE = 200


@command(epilog="For example: mntreamer recordings --status idle, or: mntreamer recordings 예시스트리머 --limit 10")
def recordings(
    context: typer.Context,
    channel: Annotated[
        str, typer.Argument(metavar="CHANNEL", help="Only those of this one.", autocompletion=channels)
    ] = "",
    *,
    status: Status = None,
    limit: Annotated[int, typer.Option(min=1, help="How many, the newest first.")] = _LIMIT,
    data: Data = Path("data"),
    as_json: Json = False,
) -> None:
    """Show the recordings, newest first.

    Where their playlists are files below DATA, these are shown, too.
    """
    found = _found(api_of(context), channel, status or LISTED, limit)
    answer(found, lambda: _show_found(found, data), as_json=as_json)


@command(epilog="For example: mntreamer show 21334001, or: mntreamer show 21334001 --json | jq -r .playlist_url")
def show(context: typer.Context, recording: Recording, *, data: Data = Path("data"), as_json: Json = False) -> None:
    """Show all about one recording."""
    api = api_of(context)
    found = api.call("GET", path_of(api, recording))
    answer(found, lambda: show_recording(found, data, local_now()), as_json=as_json)


@command(epilog="For example: mntreamer gaps 21334001")
def gaps(context: typer.Context, recording: Recording, *, as_json: Json = False) -> None:
    """Show what a recording lacks, and why."""
    api = api_of(context)
    found = api.call("GET", path_of(api, recording))
    answer({"gaps": found["missing"]}, lambda: show_gaps(found["missing"], local_now()), as_json=as_json)


@command(epilog="For example: mntreamer library, or: mntreamer library chzzk/예시스트리머.1f0a9c3e/2026/11")
def library(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="FOLDER", help="As it is shown; at first the topmost ones.")] = "",
    *,
    data: Data = Path("data"),
    as_json: Json = False,
) -> None:
    """Show the recordings in folders: platform, channel, date."""
    shelf = _shelf(api_of(context), path)
    answer(shelf, lambda: _show_shelf(shelf, data), as_json=as_json)


@command(epilog="For example: mntreamer stop 21334001")
def stop(context: typer.Context, recording: Recording, *, as_json: Json = False) -> None:
    """Record no more of this broadcast; what is there stays."""
    _done(context, recording, "stop", "is recorded no more", as_json=as_json)


@command(epilog="For example: mntreamer confirm 21334001")
def confirm(context: typer.Context, recording: Recording, *, as_json: Json = False) -> None:
    """Say that a recording is as it should be: it is done."""
    _done(context, recording, "confirm", "is done", as_json=as_json)


@command(epilog="For example: mntreamer delete 21334001, or: mntreamer delete 21334001 --purge --yes")
def delete(
    context: typer.Context,
    recording: Recording,
    *,
    purge: Annotated[bool, typer.Option("--purge", help="For good: nothing of it can be restored.")] = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Delete a recording; for some days it can be restored.

    Its clips and links are gone with it.
    """
    api = api_of(context)
    path = path_of(api, recording)
    sure(lambda: _question(api.call("GET", path), purge=purge), yes=yes)
    deleted = api.call("DELETE", path, query={"purge": "true" if purge else None})
    answer(deleted, lambda: say(_fate(deleted)), as_json=as_json)


@command(epilog="For example: mntreamer recordings --status terminated, then: mntreamer restore 21334001")
def restore(context: typer.Context, recording: Recording, *, as_json: Json = False) -> None:
    """Bring a deleted recording back."""
    _done(context, recording, "restore", "is back", among=DELETED, as_json=as_json)


@command("purge-cuts", epilog="For example: mntreamer purge-cuts 21334001")
def purge_cuts(context: typer.Context, recording: Recording, *, yes: Yes = False, as_json: Json = False) -> None:
    """Delete for good what is cut out of a recording."""
    api = api_of(context)
    path = path_of(api, recording)
    sure(lambda: f"Delete for good what is cut out of {_described(api.call('GET', path))}?", yes=yes)
    purged = api.call("POST", f"{path}/purge-cuts")
    answer(purged, lambda: say(f"what is cut out of {_described(purged)} is being deleted"), as_json=as_json)


def _found(api: ApiClient, channel: str, statuses: Sequence[RecordingStatus], limit: int) -> dict[str, Any]:
    page = _PAGE if channel else limit + 1
    rows = (row for row in newest(api, statuses, page) if not channel or _is_of(channel, row))
    found = list(islice(rows, limit + 1))
    return {"recordings": found[:limit], "more": len(found) > limit}


def _is_of(channel: str, row: Mapping[str, Any]) -> bool:
    return is_channel(channel, row) or begins_so(channel, row)


def _show_found(found: Mapping[str, Any], data: Path) -> None:
    if not found["recordings"]:
        say("there are none; a recording begins when somebody in 'mntreamer list' goes live")
        return
    show_recordings(found["recordings"], data, local_now())
    if found["more"]:
        say(f"and older ones: give --limit more than {len(found['recordings'])}")


def _shelf(api: ApiClient, path: str) -> dict[str, Any]:
    """All that is in the folder, as the API tells it page by page."""
    shelf: dict[str, Any] = {"path": path, "folders": [], "recordings": []}
    for page in api.pages("/library", {"path": path, "limit": _PAGE}):
        shelf = {"path": page["path"], **{kind: shelf[kind] + page[kind] for kind in ("folders", "recordings")}}
    return shelf


def _show_shelf(shelf: Mapping[str, Any], data: Path) -> None:
    say(*(f"{folder['path']}/" for folder in shelf["folders"]))
    if shelf["recordings"]:
        show_recordings(shelf["recordings"], data, local_now())
    if not shelf["folders"] and not shelf["recordings"]:
        say("nothing is recorded yet")


def _done(
    context: typer.Context,
    recording: str,
    deed: str,
    words: str,
    *,
    among: Sequence[RecordingStatus] = LISTED,
    as_json: bool,
) -> None:
    api = api_of(context)
    done = api.call("POST", path_of_id(recording_id(api, recording, among), deed))
    answer(done, lambda: say(f"{_described(done)} {words}"), as_json=as_json)


def _described(recording: Mapping[str, Any]) -> str:
    return described(recording, local_now())


def _question(recording: Mapping[str, Any], *, purge: bool) -> str:
    clips = f", with its clips ({len(recording['clips'])})" if recording["clips"] else ""
    return f"Delete {_described(recording)}{clips}{', for good' if purge else ''}?"


def _fate(deleted: Mapping[str, Any]) -> str:
    """When nothing of it can be brought back any more."""
    until = deleted["purge_at"]
    if until is None or datetime.fromisoformat(until) <= local_now():
        return f"{_described(deleted)} is deleted for good"
    back = f"mntreamer restore {short_id(deleted['recording_id'])}"
    return f"{_described(deleted)} is deleted; until {moment(until, local_now())} it can be brought back: {back}"
