"""The command line: `mntreamer serve` is the one-machine server, everything else calls an API.

Exit codes: 0 done, 1 refused (the message says why), 2 wrong usage, 3 no server answers.
"""

import json
import os
import re
import shlex
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, NoReturn
from urllib.parse import quote

import typer

from mntreamer.domain.errors import BadInput, MntreamerError, NotFound
from mntreamer_local.client import ApiClient, CallFailed
from mntreamer_local.tables import one_line, show_recordings, show_streamers

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Platform = Annotated[str, typer.Argument(help="Where the channel is: chzzk.")]
Json = Annotated[bool, typer.Option("--json", help="Answer with the API's JSON.")]
Data = Annotated[Path, typer.Option(envvar="MNTREAMER_DATA", help="Where the server keeps everything.")]

_CHANNEL_ID = re.compile(r"[0-9a-f]{32}")
_URL = re.compile(r"\w+://.*|[a-z0-9-]+(\.[a-z0-9-]+)+/\S*", re.IGNORECASE | re.ASCII)


def _show_version(asked: bool) -> None:  # noqa: FBT001 -- typer calls it so
    if asked:
        typer.echo(f"mntreamer {version('mntreamer')}")
        raise typer.Exit


@app.callback()
def _every_command(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Notice live streams, record them whole. MNTREAMER_URL and MNTREAMER_TOKEN say whom the commands call."""


@app.command()
def serve(
    data: Data = Path("data"),
    host: Annotated[str, typer.Option(envvar="MNTREAMER_HOST", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(envvar="MNTREAMER_PORT", min=1, max=65535, help="The port to listen on.")
    ] = 8080,
    *,
    token: Annotated[bool, typer.Option("--token", help="Ask for the token in DATA/token.")] = False,
) -> None:
    """Run the server on this machine until Ctrl-C."""
    from mntreamer_local.serve import serve as run  # noqa: PLC0415 -- the other commands need nothing of the server

    run(data, host, port, asks_token=token, say=typer.echo)


@app.command()
def add(
    platform: Platform,
    name: Annotated[str, typer.Argument(help="The channel's nickname, URL or id.")],
    *,
    as_json: Json = False,
) -> None:
    """Watch a streamer."""
    try:
        streamer = _api().call("POST", "/streamers", {"platform": platform, **_reference(name)})
    except CallFailed as refused:
        message = _with_choices(str(refused), f"mntreamer add {shlex.quote(platform)}", refused.candidates)
        raise CallFailed(message, refused.exit_code) from None
    if as_json:
        _print_json(streamer)
    else:
        show_streamers([streamer], _now())


@app.command("list")
def list_streamers(*, as_json: Json = False) -> None:
    """Show the streamers and when each is checked next."""
    answer = _api().call("GET", "/streamers")
    if as_json:
        _print_json(answer)
    else:
        show_streamers(answer["streamers"], _now())


@app.command()
def remove(
    platform: Platform,
    name: Annotated[str, typer.Argument(help="The channel's id, its exact name, or the nickname it was added by.")],
) -> None:
    """Stop watching a streamer; what was recorded stays."""
    api = _api()
    streamer = _only_one(platform, name, api.call("GET", "/streamers")["streamers"])
    channel_id = quote(streamer["channel_id"], safe="")
    api.call("DELETE", f"/streamers/{quote(platform, safe='')}/{channel_id}")
    typer.echo(f"{one_line(streamer['channel_name'])} is no longer watched; what was recorded stays")


@app.command()
def recordings(data: Data = Path("data"), *, as_json: Json = False) -> None:
    """Show the recordings, newest first, and where the playlist of each is."""
    answer = _api().call("GET", "/recordings")
    if as_json:
        _print_json(answer)
    else:
        show_recordings(answer["recordings"], data, _now())


def main() -> None:
    try:
        app()
    except CallFailed as error:
        _fail(str(error), error.exit_code)
    except MntreamerError as error:
        _fail(str(error), 1)


def _api() -> ApiClient:
    url = os.environ.get("MNTREAMER_URL", "http://127.0.0.1:8080").rstrip("/")
    return ApiClient(url, os.environ.get("MNTREAMER_TOKEN", ""))


def _reference(name: str) -> dict[str, str]:
    """The field of `POST /streamers` that says what the person typed."""
    if _CHANNEL_ID.fullmatch(name):
        return {"channel_id": name}
    return {"url" if _URL.fullmatch(name) else "nickname": name}


def _only_one(platform: str, name: str, streamers: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The streamer of that id, or else of that name. Raises NotFound, and BadInput where more than one has it."""
    there = [streamer for streamer in streamers if streamer["platform"] == platform]
    called = [streamer for streamer in there if streamer["channel_id"] == name]
    called = called or [streamer for streamer in there if _nfc(name) in map(_nfc, _names(streamer))]
    if not called:
        raise NotFound(f"nobody called {name!r} is watched on {platform}; 'mntreamer list' shows who is")
    if len(called) > 1:
        message = f"{len(called)} streamers are called {name!r}; say which"
        raise BadInput(_with_choices(message, f"mntreamer remove {shlex.quote(platform)}", called))
    return called[0]


def _names(streamer: Mapping[str, Any]) -> tuple[str, str]:
    return streamer["channel_name"], streamer["nickname"]


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip())


def _with_choices(message: str, command: str, channels: Iterable[Mapping[str, Any]]) -> str:
    """The message, and below it the command that means each of the channels."""
    choices = [f"  {command} {channel['channel_id']}  # {one_line(channel['channel_name'])}" for channel in channels]
    return "\n".join([message, *choices])


def _now() -> datetime:
    return datetime.now().astimezone()


def _print_json(answer: Any) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False))


def _fail(message: str, exit_code: int) -> NoReturn:
    typer.echo(f"mntreamer: {message}", err=True)
    sys.exit(exit_code)


if __name__ == "__main__":
    main()
