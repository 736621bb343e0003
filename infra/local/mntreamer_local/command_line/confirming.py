"""What cannot be undone by the next command is asked about once."""

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from mntreamer_local.command_line.exit_codes import ExitCode

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
_YES = ("y", "yes")


def sure(question: Callable[[], str], *, yes: bool) -> None:
    """Return only if the person wants it. Raises BadParameter where nobody sits that could be asked, and Exit."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise typer.BadParameter("nobody is there to be asked: give it if you are sure", param_hint=["--yes"])
    if not _says_yes(question()):
        typer.echo("nothing was done", err=True)
        raise typer.Exit(ExitCode.REFUSED)


def _says_yes(question: str) -> bool:
    """Asked on stderr alone: what is on stdout is the answer of the command."""
    typer.echo(f"{question} [y/N]: ", nl=False, err=True)
    return sys.stdin.readline().strip().lower() in _YES
