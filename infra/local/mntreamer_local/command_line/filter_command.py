"""The command that says what of a streamer is recorded."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

import typer

from mntreamer_local.command_line.answering import Json, answer
from mntreamer_local.command_line.streamer_commands import Channel, watched
from mntreamer_local.command_line.terminal import show
from mntreamer_local.command_line.week_hours import hours_of, hours_text
from mntreamer_local.command_line.who_is_meant import typed

commands = typer.Typer()
command = partial(commands.command, rich_help_panel="Streamers")
Texts = list[str] | None
_NOT = "not:"
_WORDS = {
    "titles": "only titles with",
    "not_titles": "no titles with",
    "categories": "only the categories",
    "not_categories": "not the categories",
}


class Recorded(StrEnum):
    """How much of what gets through."""

    ALL = "all"
    NONE = "none"


@command("filter", epilog="For example: mntreamer filter 예시스트리머 --title 메이플 --hours 'mon-fri 18:00-02:00'")
def filter_streamer(
    context: typer.Context,
    channel: Channel,
    *,
    title: Annotated[
        Texts, typer.Option(metavar="TEXT", help="Only titles with this in them, or none with 'not:TEXT'.")
    ] = None,
    category: Annotated[
        Texts, typer.Option(metavar="NAME", help="Only this category, or all but it with 'not:NAME'.")
    ] = None,
    hours: Annotated[
        Texts, typer.Option(metavar="HOURS", help="Only then, in the platform's zone: 'mon-fri 18:00-02:00'.")
    ] = None,
    record: Annotated[
        Recorded | None, typer.Option(help="'none': what gets through is only told of; 'all' alone: no filter.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what of a streamer is recorded, in place of what was said before.

    Options may be repeated; any of the same kind will do. Without options it is shown. Of what is left out then, a
    recording ends after some minutes.
    """
    wanted = _texts("titles", title or []) | _texts("categories", category or [])
    wanted |= {"hours": [hours_of(each) for each in hours]} if hours else {}
    wanted |= {"notify_only": True} if record is Recorded.NONE else {}
    meant = watched(context, typed("filter", channel))
    changes = bool(wanted) or record is not None
    streamer = meant.call("PATCH", body={"filters": wanted or None}) if changes else meant.streamer
    answer(streamer, lambda: show(*_described(streamer)), as_json=as_json)


def _texts(name: str, given: Sequence[str]) -> dict[str, Any]:
    """Those that must be there, and those that must not."""
    must = [text for text in given if not text.startswith(_NOT)]
    must_not = [text.removeprefix(_NOT) for text in given if text.startswith(_NOT)]
    return {key: texts for key, texts in ((name, must), (f"not_{name}", must_not)) if texts}


def _described(streamer: Mapping[str, Any]) -> Iterator[str]:
    filters = streamer["filters"]
    if filters is None:
        yield f"{streamer['channel_name']}: everything is recorded"
        return
    yield f"{streamer['channel_name']}:"
    for name, words in _WORDS.items():
        if filters[name]:
            yield f"  {words} {', '.join(filters[name])}"
    if filters["hours"]:
        yield f"  only {'; '.join(map(hours_text, filters['hours']))}"
    if filters["notify_only"]:
        yield "  it is told of and not recorded"
