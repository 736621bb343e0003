"""What the shell offers behind Tab: the server's channels and recordings. One that does not answer offers nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import typer

from mntreamer.domain.errors import MntreamerError
from mntreamer_local.command_line.client import CallFailed
from mntreamer_local.command_line.short_ids import short_id
from mntreamer_local.command_line.which_api import api_of
from mntreamer_local.one_line import one_line

# Nobody waits longer for a Tab.
_TIMEOUT_S = 2.0
Offer = tuple[str, str]


def channels(context: typer.Context, incomplete: str) -> list[Offer]:
    """The names of those who are watched; the id where a shell would take the name for two words."""
    return _offered(context, "/streamers", "streamers", incomplete, _channel)


def recordings(context: typer.Context, incomplete: str) -> list[Offer]:
    """The ids of the newest recordings, with what they are of."""
    return _offered(context, "/recordings", "recordings", incomplete, _recording)


def _offered(
    context: typer.Context,
    path: str,
    name: str,
    incomplete: str,
    offer: Callable[[Mapping[str, Any]], Offer],
) -> list[Offer]:
    try:
        rows: Iterable[Mapping[str, Any]] = replace(api_of(context), timeout_s=_TIMEOUT_S).call("GET", path)[name]
    except (CallFailed, MntreamerError):
        return []  # an error's text would stand in the middle of what is being typed
    return [offered for offered in map(offer, rows) if offered[0].startswith(incomplete)]


def _channel(streamer: Mapping[str, Any]) -> Offer:
    name, channel_id = one_line(streamer["channel_name"]), streamer["channel_id"]
    return (channel_id, name) if " " in name else (name, channel_id)


def _recording(recording: Mapping[str, Any]) -> Offer:
    return short_id(recording["recording_id"]), one_line(f"{recording['channel_name']}: {recording['title']}")
