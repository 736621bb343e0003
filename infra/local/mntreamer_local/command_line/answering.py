"""How a command answers: with the API's JSON for programs, else in words for people."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import typer

Json = Annotated[bool, typer.Option("--json", help="Answer with the API's JSON.")]


def answer(body: Any, in_words: Callable[[], object], *, as_json: bool) -> None:
    """Print the API's answer as it is, or else have it said."""
    if as_json:
        typer.echo(json.dumps(body, ensure_ascii=False))
    else:
        in_words()


def local_now() -> datetime:
    """In this machine's zone, in which people are told times."""
    return datetime.now().astimezone()
