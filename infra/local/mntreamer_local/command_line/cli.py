"""The command line: `mntreamer serve` is the one-machine server, everything else calls an API.

Exit codes: 0 done, 1 refused (the message says why) or, of `status`, degraded, 2 wrong usage, 3 no server answers,
4 not found, 5 the token is missing or wrong, 130 Ctrl-C.
"""

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from mntreamer.domain.errors import MntreamerError
from mntreamer.domain.monitors.health import HealthStatus
from mntreamer_local.command_line import (
    clip_commands,
    export_commands,
    filter_command,
    import_command,
    marker_commands,
    notify_commands,
    recording_commands,
    refining_commands,
    share_commands,
    streamer_commands,
    token_command,
)
from mntreamer_local.command_line.answering import Json, answer, local_now
from mntreamer_local.command_line.client import CallFailed
from mntreamer_local.command_line.exit_codes import ExitCode, exit_code_of
from mntreamer_local.command_line.tables import show_health
from mntreamer_local.command_line.which_api import THIS_MACHINE, TokenFile, Url, api_of

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for part in (
    streamer_commands,
    filter_command,
    recording_commands,
    refining_commands,
    marker_commands,
    clip_commands,
    export_commands,
    share_commands,
    import_command,
    token_command,
):
    app.add_typer(part.commands)
app.add_typer(notify_commands.commands, name="notify")
Data = Annotated[Path, typer.Option(envvar="MNTREAMER_DATA", help="Where the server keeps everything.")]


def _show_version(asked: bool) -> None:  # noqa: FBT001 -- typer calls it so
    if asked:
        typer.echo(f"mntreamer {version('mntreamer')}")
        raise typer.Exit


@app.callback()
def _every_command(
    url: Url = THIS_MACHINE,
    token_file: TokenFile = None,
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Notice live streams, record them whole.

    Commands call a server, this machine's or one on AWS, with the token in MNTREAMER_TOKEN or in a file.
    """


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
    from mntreamer_local.serving.serve import serve as run  # noqa: PLC0415 -- the other commands need nothing of the server

    run(data, host, port, asks_token=token, say=typer.echo)


@app.command()
def status(context: typer.Context, *, as_json: Json = False) -> None:
    """Show whether all is well; exit code 1 where it is not."""
    health = api_of(context).call("GET", "/health")
    answer(health, lambda: show_health(health, local_now()), as_json=as_json)
    if health["status"] != HealthStatus.OK:
        raise typer.Exit(ExitCode.REFUSED)


def main() -> None:
    try:
        app(prog_name="mntreamer")
    except CallFailed as error:
        _fail(str(error), error.exit_code)
    except MntreamerError as error:
        _fail(str(error), exit_code_of(error))


def _fail(message: str, exit_code: ExitCode) -> NoReturn:
    typer.echo(f"mntreamer: {message}", err=True)
    sys.exit(exit_code)


if __name__ == "__main__":
    main()
