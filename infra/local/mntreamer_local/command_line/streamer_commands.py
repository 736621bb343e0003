"""The commands about streamers: who is watched, and how."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from operator import itemgetter
from typing import Annotated, Any
from urllib.parse import quote

import typer

from mntreamer.domain.errors import BadInput
from mntreamer.domain.monitors.streamer import StreamerStatus
from mntreamer.domain.schedule.schedule import Schedule
from mntreamer.usecases.monitors.change_streamer import (
    HIGHEST_MAX_HEIGHT,
    HIGHEST_PRIORITY,
    LOWEST_MAX_HEIGHT,
    LOWEST_PRIORITY,
)
from mntreamer_local.command_line.answering import Json, answer, local_now
from mntreamer_local.command_line.client import ApiClient, CallFailed
from mntreamer_local.command_line.completing import channels
from mntreamer_local.command_line.not_blank import not_blank
from mntreamer_local.command_line.quantities import moment
from mntreamer_local.command_line.schedule_sheet import schedule_lines
from mntreamer_local.command_line.tables import show_streamers
from mntreamer_local.command_line.terminal import Table, show, show_table
from mntreamer_local.command_line.which_api import api_of
from mntreamer_local.command_line.who_is_meant import Typed, only_one, reference, typed, with_choices
from mntreamer_local.one_line import one_line

commands = typer.Typer()
command = partial(commands.command, rich_help_panel="Streamers")
_METAVAR = "CHANNEL"
_PLATFORM = "its platform goes before it if need be."
Channel = Annotated[
    list[str],
    typer.Argument(
        metavar=_METAVAR,
        help=f"Its name, nickname, URL or id, or the begin of one; {_PLATFORM}",
        autocompletion=channels,
        callback=not_blank,
    ),
]
ExactChannel = Annotated[
    list[str],
    typer.Argument(
        metavar=_METAVAR,
        help=f"Its whole name, nickname, URL or id; {_PLATFORM}",
        autocompletion=channels,
        callback=not_blank,
    ),
]
Priority = Annotated[
    int | None,
    typer.Option(min=LOWEST_PRIORITY, max=HIGHEST_PRIORITY, help="The higher, the earlier its turn; 0 at first."),
]
MaxHeight = Annotated[
    str | None,
    typer.Option(
        metavar="N|best|default", help="The tallest picture to record, in pixels; 'default' is the server's own."
    ),
]

OwnSchedule = Annotated[
    str | None,
    typer.Option(
        metavar="learned|stepped|default",
        help="By its habits or by the table; 'default' is the server's own.",
    ),
]

Recorders = Annotated[
    str | None,
    typer.Option(metavar="1|2|default", help="How many record it at once; 'default' is the server's own."),
]

_NAMED_RECORDERS = {"1": 1, "2": 2, "default": None}
_NAMED_HEIGHTS = {"best": HIGHEST_MAX_HEIGHT, "default": None}


@dataclass(frozen=True, slots=True)
class Watched:
    """A streamer that was found by its name."""

    api: ApiClient
    streamer: Mapping[str, Any]

    def call(self, method: str, below: str = "", body: Mapping[str, Any] | None = None) -> Any:
        """The answer at the streamer's own path. Raises CallFailed."""
        platform, channel_id = (quote(self.streamer[part], safe="") for part in ("platform", "channel_id"))
        return self.api.call(method, f"/streamers/{platform}/{channel_id}{below}", body)


@command(epilog="For example: mntreamer add https://chzzk.naver.com/live/…, or: mntreamer add 예시스트리머")
def add(
    context: typer.Context,
    channel: Annotated[
        list[str], typer.Argument(metavar=_METAVAR, help=f"Its nickname, URL or id; {_PLATFORM}", callback=not_blank)
    ],
    *,
    as_json: Json = False,
) -> None:
    """Watch a streamer."""
    api = api_of(context)
    meant = _somewhere(api, typed("add", channel))
    try:
        streamer = api.call("POST", "/streamers", {"platform": meant.platform, **reference(meant.name)})
    except CallFailed as refused:
        message = with_choices(str(refused), meant, refused.candidates)
        raise CallFailed(message, refused.exit_code) from None
    answer(streamer, lambda: show_streamers([streamer], local_now()), as_json=as_json)


@command("list", epilog="For example: mntreamer list, or: mntreamer list 예시스트리머 --json")
def list_streamers(
    context: typer.Context,
    channel: Annotated[
        list[str] | None,
        typer.Argument(metavar=_METAVAR, help="Only this one.", autocompletion=channels, callback=not_blank),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Show who is watched, and when each is checked next."""
    if channel:
        one = watched(context, typed("list", channel)).call("GET")
        answer({"streamers": [one]}, lambda: _show_one(one), as_json=as_json)
        return
    streamers = _all_streamers(api_of(context))
    answer({"streamers": streamers}, lambda: show_streamers(streamers, local_now()), as_json=as_json)


@command(epilog="For example: mntreamer remove 예시스트리머")
def remove(context: typer.Context, channel: ExactChannel, *, as_json: Json = False) -> None:
    """Stop watching a streamer; what was recorded stays."""
    meant = watched(context, typed("remove", channel), by_prefix=False)
    meant.call("DELETE")
    words = f"{_name(meant.streamer)} is no longer watched; what was recorded stays"
    answer(meant.streamer, lambda: typer.echo(words), as_json=as_json)


@command(epilog="For example: mntreamer pause 예시스트리머")
def pause(context: typer.Context, channel: Channel, *, as_json: Json = False) -> None:
    """Check a streamer no more until it is resumed.

    A recording that is under way is finished.
    """
    paused = watched(context, typed("pause", channel)).call("PATCH", body={"paused": True})
    rest = "; what is being recorded is recorded to its end" if paused["recording_id"] else ""
    answer(paused, lambda: typer.echo(f"{_name(paused)} is paused{rest}"), as_json=as_json)


@command(epilog="For example: mntreamer resume 예시스트리머")
def resume(context: typer.Context, channel: Channel, *, as_json: Json = False) -> None:
    """Check a paused streamer again, beginning at once."""
    resumed = watched(context, typed("resume", channel)).call("PATCH", body={"paused": False})
    words = f"{_name(resumed)} is watched: {_next_check(resumed, local_now())}"
    answer(resumed, lambda: typer.echo(words), as_json=as_json)


@command(epilog="For example: mntreamer check 예시스트리머")
def check(context: typer.Context, channel: Channel, *, as_json: Json = False) -> None:
    """Check a streamer at once."""
    checked = watched(context, typed("check", channel)).call("POST", "/check")
    words = f"{_name(checked)}: {_next_check(checked, local_now())}"
    answer(checked, lambda: typer.echo(words), as_json=as_json)


@command("set", epilog="For example: mntreamer set 예시스트리머 --priority 10 --max-height 720")
def change(
    context: typer.Context,
    channel: Channel,
    *,
    priority: Priority = None,
    max_height: MaxHeight = None,
    recorders: Recorders = None,
    schedule: OwnSchedule = None,
    as_json: Json = False,
) -> None:
    """Set how urgent a streamer is, how tall its picture, how many record it, and by what it is looked at.

    Height and recorders count from its next recording on, the schedule from the next look on.
    """
    given = {
        "--priority": priority,
        "--max-height": max_height,
        "--recorders": recorders,
        "--schedule": schedule,
    }
    options = tuple(f"{option}={value}" for option, value in given.items() if value is not None)
    if not options:
        raise typer.BadParameter("give at least one of them", param_hint=list(given))
    wishes = _wishes(priority, max_height) | _recorders(recorders) | _schedule(schedule)
    changed = watched(context, typed("set", channel, options)).call("PATCH", body=wishes)
    answer(changed, lambda: show_streamers([changed], local_now()), as_json=as_json)


@command(epilog="For example: mntreamer platforms")
def platforms(context: typer.Context, *, as_json: Json = False) -> None:
    """Show where streamers can be watched."""
    listed = api_of(context).call("GET", "/platforms")
    rows = [(platform["name"], platform["title"]) for platform in listed["platforms"]]
    answer(listed, lambda: show_table(Table(("platform", "title"), rows)), as_json=as_json)


def _recorders(recorders: str | None) -> dict[str, int | None]:
    """Raises BadParameter."""
    if recorders is None:
        return {}
    if recorders not in _NAMED_RECORDERS:
        raise typer.BadParameter(f"give 1, 2 or 'default', not {recorders!r}", param_hint=["--recorders"])
    return {"recorders": _NAMED_RECORDERS[recorders]}


def _schedule(schedule: str | None) -> dict[str, str | None]:
    """Raises BadParameter."""
    if schedule is None:
        return {}
    if schedule not in (*Schedule, "default"):
        names = f"{', '.join(repr(name.value) for name in Schedule)} or 'default'"
        raise typer.BadParameter(f"give {names}, not {schedule!r}", param_hint=["--schedule"])
    return {"schedule": None if schedule == "default" else schedule}


def _wishes(priority: int | None, max_height: str | None) -> dict[str, int | str | None]:
    wishes: dict[str, int | str | None] = {} if priority is None else {"priority": priority}
    return wishes if max_height is None else wishes | {"max_height": _pixels(max_height)}


def _pixels(max_height: str) -> int | None:
    """None for the server's default. Raises BadParameter."""
    if max_height in _NAMED_HEIGHTS:
        return _NAMED_HEIGHTS[max_height]
    if max_height.isdecimal() and LOWEST_MAX_HEIGHT <= int(max_height) <= HIGHEST_MAX_HEIGHT:
        return int(max_height)
    number = f"a number from {LOWEST_MAX_HEIGHT} to {HIGHEST_MAX_HEIGHT}"
    raise typer.BadParameter(f"give {number}, 'best' or 'default', not {max_height!r}", param_hint=["--max-height"])


def _show_one(streamer: Mapping[str, Any]) -> None:
    show_streamers([streamer], local_now())
    show(*schedule_lines(streamer))


def _somewhere(api: ApiClient, typed: Typed) -> Typed:
    """With the platform, also where it was left out since there is but one. Raises BadInput where there are more."""
    if typed.platform:
        return typed
    names = [platform["name"] for platform in api.call("GET", "/platforms")["platforms"]]
    if len(names) > 1:
        raise BadInput(f"say where {typed.name!r} is: mntreamer add {'|'.join(names)} {typed.name!r}")
    return replace(typed, platform=names[0])


def watched(context: typer.Context, typed: Typed, *, by_prefix: bool = True) -> Watched:
    """The one that is meant. Raises CallFailed, and BadInput where it is not clear which."""
    api = api_of(context)
    return Watched(api, only_one(typed, _all_streamers(api), by_prefix=by_prefix))


def _all_streamers(api: ApiClient) -> list[Any]:
    """In the order in which they were added. Raises CallFailed."""
    streamers = [streamer for page in api.pages("/streamers", {}) for streamer in page["streamers"]]
    return sorted(streamers, key=itemgetter("added_at", "streamer_id"))


def _name(streamer: Mapping[str, Any]) -> str:
    return one_line(streamer["channel_name"])


def _next_check(streamer: Mapping[str, Any], now: datetime) -> str:
    if streamer["status"] == StreamerStatus.RECORDING:
        return "it is being recorded"
    if streamer["status"] == StreamerStatus.PROCESS and not streamer["recording_id"]:
        return "it is being checked"
    if datetime.fromisoformat(streamer["check_at"]) <= now:
        return "it is checked at once"
    return f"it is checked at {moment(streamer['check_at'], now)}"
