"""Whom a command calls: `--url` or MNTREAMER_URL, with the token of MNTREAMER_TOKEN or of a file.

A token is never an argument: those are in the shell's history, and in the list of processes.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from mntreamer.domain.errors import BadInput
from mntreamer_local.command_line.client import ApiClient
from mntreamer_local.files.owners_file import read_owners_file

THIS_MACHINE = "http://127.0.0.1:8080"
Url = Annotated[str, typer.Option(envvar="MNTREAMER_URL", metavar="URL", help="The server to call.")]
TokenFile = Annotated[
    Path | None,
    typer.Option(
        envvar="MNTREAMER_TOKEN_FILE",
        metavar="FILE",
        help="Holds the server's token; MNTREAMER_TOKEN goes before.",
    ),
]


def api_of(context: typer.Context) -> ApiClient:
    """The API that the command was told to call. Raises CallFailed, and BadInput for a file that is no token's."""
    given = context.find_root().params
    return ApiClient(given["url"].rstrip("/"), _token(given["token_file"]))


def _token(file: Path | None) -> str:
    said = os.environ.get("MNTREAMER_TOKEN", "")
    return said.strip() if said or file is None else _read(file)


def _read(path: Path) -> str:
    file = read_owners_file(path)
    token = file.content.decode(errors="replace").strip() if file else ""
    if not token:
        raise BadInput(f"{path} holds no token")
    return token
