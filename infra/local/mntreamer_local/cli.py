"""The command line: `mntreamer serve` is the one-machine server, everything else calls an API.

Exit codes: 0 done, 1 refused (the message says why) or, of `status`, degraded, 2 wrong usage, 3 no server answers.
"""

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from mntreamer.domain.errors import MntreamerError
from mntreamer.domain.monitors.health import HealthStatus
from mntreamer_local import import_command, refining_commands, streamer_commands
from mntreamer_local.answering import Json, answer, local_now
from mntreamer_local.client import CallFailed, api_of_environment
from mntreamer_local.tables import show_health, show_recordings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(streamer_commands.commands)
app.add_typer(refining_commands.commands)
app.add_typer(import_command.commands)
Data = Annotated[Path, typer.Option(envvar="MNTREAMER_DATA", help="Where the server keeps everything.")]


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
def recordings(data: Data = Path("data"), *, as_json: Json = False) -> None:
    """Show the recordings, newest first, and where the playlist of each is."""
    listed = api_of_environment().call("GET", "/recordings")
    answer(listed, lambda: show_recordings(listed["recordings"], data, local_now()), as_json=as_json)


@app.command()
def status(*, as_json: Json = False) -> None:
    """Show whether it works, when it last looked, and what is wrong; exit code 1 where something is."""
    health = api_of_environment().call("GET", "/health")
    answer(health, lambda: show_health(health, local_now()), as_json=as_json)
    if health["status"] != HealthStatus.OK:
        raise typer.Exit(1)


def main() -> None:
    try:
        app()
    except CallFailed as error:
        _fail(str(error), error.exit_code)
    except MntreamerError as error:
        _fail(str(error), 1)


def _fail(message: str, exit_code: int) -> NoReturn:
    typer.echo(f"mntreamer: {message}", err=True)
    sys.exit(exit_code)


if __name__ == "__main__":
    main()
