"""`mntreamer token`: what opens the server of this machine, and how to change it."""

from pathlib import Path
from typing import Annotated

import typer

from mntreamer_local.files.token_file import api_token, replace_token

commands = typer.Typer()


@commands.command("token")
def token(
    data: Annotated[
        Path, typer.Option(envvar="MNTREAMER_DATA", help="Where the server keeps everything; it may run.")
    ] = Path("data"),
    *,
    new: Annotated[
        bool, typer.Option("--new", help="Make a new one; sessions and links of the old one end.")
    ] = False,
) -> None:
    """Print the token that the server asks for when it was started with --token.

    Example: export MNTREAMER_TOKEN=$(mntreamer token)
    """
    typer.echo(replace_token(data / "token") if new else api_token(data / "token"))
