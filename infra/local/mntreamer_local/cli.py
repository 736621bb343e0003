"""The command line: `mntreamer serve` is the one-machine server, everything else calls an API.

Exit codes: 0 done, 1 refused (the message says why), 2 wrong usage, 3 no server answers.
"""

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer

from mntreamer.domain.errors import MntreamerError
from mntreamer_local.client import ApiClient, CallFailed
from mntreamer_local.tables import show_candidates, show_recordings, show_streamers

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Notice live streams, record them whole.")
Json = Annotated[bool, typer.Option("--json", help="Answer with the API's JSON.")]
_client = ApiClient(
    os.environ.get("MNTREAMER_URL", "http://127.0.0.1:8080").rstrip("/"), os.environ.get("MNTREAMER_TOKEN", "")
)


@app.command()
def serve(
    data: Annotated[Path, typer.Option(envvar="MNTREAMER_DATA", help="Where everything is kept.")] = Path("data"),
    host: Annotated[str, typer.Option(envvar="MNTREAMER_HOST")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="MNTREAMER_PORT", min=1, max=65535)] = 8080,
    *,
    token: Annotated[bool, typer.Option("--token", help="Ask for the token in DATA/token.")] = False,
) -> None:
    """Run the server on this machine until Ctrl-C."""
    from mntreamer_local.serve import serve as run  # noqa: PLC0415 -- the other commands need nothing of the server

    run(data, host, port, asks_token=token, say=typer.echo)


@app.command()
def add(platform: str, nickname: str, *, as_json: Json = False) -> None:
    """Watch a streamer, named by nickname or by the channel's URL."""
    reference = {"url" if "://" in nickname else "nickname": nickname}
    streamer = _client.call("POST", "/streamers", {"platform": platform, **reference})
    if as_json:
        _print_json(streamer)
    else:
        show_streamers([streamer])


@app.command("list")
def list_streamers(*, as_json: Json = False) -> None:
    """Show the streamers and when each is checked next."""
    answer = _client.call("GET", "/streamers")
    if as_json:
        _print_json(answer)
    else:
        show_streamers(answer["streamers"])


@app.command()
def remove(platform: str, channel_id: str) -> None:
    """Stop watching a streamer; recordings stay."""
    _client.call("DELETE", f"/streamers/{quote(platform, safe='')}/{quote(channel_id, safe='')}")


@app.command()
def recordings(*, as_json: Json = False) -> None:
    """Show the recordings, newest first."""
    answer = _client.call("GET", "/recordings")
    if as_json:
        _print_json(answer)
    else:
        show_recordings(answer["recordings"])


def main() -> None:
    try:
        app()
    except CallFailed as error:
        if error.candidates:
            show_candidates(error.candidates)
        _fail(str(error), error.exit_code)
    except MntreamerError as error:
        _fail(str(error), 1)


def _print_json(answer: Any) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False))


def _fail(message: str, exit_code: int) -> None:
    typer.echo(f"mntreamer: {message}", err=True)
    sys.exit(exit_code)


if __name__ == "__main__":
    main()
