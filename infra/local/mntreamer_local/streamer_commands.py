"""The commands about streamers: who is watched, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

import typer

from mntreamer.domain.monitors.streamer import StreamerStatus
from mntreamer.usecases.monitors.change_streamer import (
    HIGHEST_MAX_HEIGHT,
    HIGHEST_PRIORITY,
    LOWEST_MAX_HEIGHT,
    LOWEST_PRIORITY,
)
from mntreamer_local.answering import Json, answer, local_now
from mntreamer_local.client import ApiClient, CallFailed, api_of_environment
from mntreamer_local.one_line import one_line
from mntreamer_local.tables import moment, show_streamers
from mntreamer_local.who_is_meant import Typed, only_one, reference, with_choices

commands = typer.Typer()
Platform = Annotated[str, typer.Argument(help="Where the channel is: chzzk.")]
Name = Annotated[str, typer.Argument(help="The channel's id, its exact name, or the nickname it was added by.")]

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

_NAMED_HEIGHTS = {"best": HIGHEST_MAX_HEIGHT, "default": None}


@dataclass(frozen=True, slots=True)
class _Watched:
    """A streamer that was found by its name."""

    api: ApiClient
    streamer: Mapping[str, Any]

    def call(self, method: str, below: str = "", body: Mapping[str, Any] | None = None) -> Any:
        """The answer at the streamer's own path. Raises CallFailed."""
        platform, channel_id = (quote(self.streamer[part], safe="") for part in ("platform", "channel_id"))
        return self.api.call(method, f"/streamers/{platform}/{channel_id}{below}", body)


@commands.command()
def add(
    platform: Platform,
    name: Annotated[str, typer.Argument(help="The channel's nickname, URL or id.")],
    *,
    as_json: Json = False,
) -> None:
    """Watch a streamer."""
    try:
        streamer = api_of_environment().call("POST", "/streamers", {"platform": platform, **reference(name)})
    except CallFailed as refused:
        message = with_choices(str(refused), Typed("add", platform, name), refused.candidates)
        raise CallFailed(message, refused.exit_code) from None
    answer(streamer, lambda: show_streamers([streamer], local_now()), as_json=as_json)


@commands.command("list")
def list_streamers(*, as_json: Json = False) -> None:
    """Show the streamers and when each is checked next."""
    listed = api_of_environment().call("GET", "/streamers")
    answer(listed, lambda: show_streamers(listed["streamers"], local_now()), as_json=as_json)


@commands.command()
def remove(platform: Platform, name: Name) -> None:
    """Stop watching a streamer; what was recorded stays."""
    watched = _watched(Typed("remove", platform, name))
    watched.call("DELETE")
    typer.echo(f"{_name(watched.streamer)} is no longer watched; what was recorded stays")


@commands.command()
def pause(platform: Platform, name: Name, *, as_json: Json = False) -> None:
    """Check a streamer no more until it is resumed; a recording that is under way is finished."""
    paused = _watched(Typed("pause", platform, name)).call("PATCH", body={"paused": True})
    rest = "; what is being recorded is recorded to its end" if paused["recording_id"] else ""
    answer(paused, lambda: typer.echo(f"{_name(paused)} is paused{rest}"), as_json=as_json)


@commands.command()
def resume(platform: Platform, name: Name, *, as_json: Json = False) -> None:
    """Check a paused streamer again, beginning at once."""
    resumed = _watched(Typed("resume", platform, name)).call("PATCH", body={"paused": False})
    words = f"{_name(resumed)} is watched: {_next_check(resumed, local_now())}"
    answer(resumed, lambda: typer.echo(words), as_json=as_json)


@commands.command()
def check(platform: Platform, name: Name, *, as_json: Json = False) -> None:
    """Check a streamer at once, instead of when it would be next."""
    checked = _watched(Typed("check", platform, name)).call("POST", "/check")
    words = f"{_name(checked)}: {_next_check(checked, local_now())}"
    answer(checked, lambda: typer.echo(words), as_json=as_json)


@commands.command("set")
def change(
    platform: Platform, name: Name, *, priority: Priority = None, max_height: MaxHeight = None, as_json: Json = False
) -> None:
    """Set how urgent a streamer is, and how tall a picture its next recordings keep."""
    given = {"--priority": priority, "--max-height": max_height}
    options = tuple(f"{option}={value}" for option, value in given.items() if value is not None)
    if not options:
        raise typer.BadParameter("give at least one of them", param_hint=list(given))
    wishes = _wishes(priority, max_height)
    changed = _watched(Typed("set", platform, name, options)).call("PATCH", body=wishes)
    answer(changed, lambda: show_streamers([changed], local_now()), as_json=as_json)


def _wishes(priority: int | None, max_height: str | None) -> dict[str, int | None]:
    wishes: dict[str, int | None] = {} if priority is None else {"priority": priority}
    return wishes if max_height is None else wishes | {"max_height": _pixels(max_height)}


def _pixels(max_height: str) -> int | None:
    """None for the server's default. Raises BadParameter."""
    if max_height in _NAMED_HEIGHTS:
        return _NAMED_HEIGHTS[max_height]
    if max_height.isdecimal() and LOWEST_MAX_HEIGHT <= int(max_height) <= HIGHEST_MAX_HEIGHT:
        return int(max_height)
    number = f"a number from {LOWEST_MAX_HEIGHT} to {HIGHEST_MAX_HEIGHT}"
    raise typer.BadParameter(f"give {number}, 'best' or 'default', not {max_height!r}", param_hint=["--max-height"])


def _watched(typed: Typed) -> _Watched:
    api = api_of_environment()
    return _Watched(api, only_one(typed, api.call("GET", "/streamers")["streamers"]))


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
