"""Which channel a person means who types a name."""

import re
import shlex
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import typer

from mntreamer.domain.errors import BadInput, NotFound
from mntreamer_local.one_line import one_line

_CHANNEL_ID = re.compile(r"[0-9a-f]{32}")
_URL = re.compile(r"\w+://.*|[a-z0-9-]+(\.[a-z0-9-]+)+/\S*", re.IGNORECASE | re.ASCII)
Streamer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Typed:
    """A command about one channel. `name` is what the person calls it; `options` come behind it."""

    command: str
    platform: str | None
    name: str
    options: tuple[str, ...] = ()

    def with_channel(self, platform: str, channel_id: str) -> str:
        """The same command about this channel, as a shell takes it."""
        return shlex.join(["mntreamer", self.command, platform, channel_id, *self.options])


def typed(command: str, words: Sequence[str], options: tuple[str, ...] = ()) -> Typed:
    """The words are a channel, or a platform and a channel. Raises BadParameter for more of them."""
    match words:
        case [name]:
            return Typed(command, None, name, options)
        case [platform, name]:
            return Typed(command, platform, name, options)
    raise typer.BadParameter("give one channel; a name with spaces in it goes in quotes", param_hint=["CHANNEL"])


def reference(name: str) -> dict[str, str]:
    """The field of `POST /streamers` that says what the person typed."""
    if _CHANNEL_ID.fullmatch(name):
        return {"channel_id": name}
    return {"url" if _URL.fullmatch(name) else "nickname": name}


def only_one(typed: Typed, streamers: Iterable[Streamer], *, by_prefix: bool = True) -> Streamer:
    """The streamer of that id or URL, or else of that name, or else whose name or id begins so.

    Raises NotFound, and BadInput where more than one is meant.
    """
    there = [streamer for streamer in streamers if typed.platform in (None, streamer["platform"])]
    ways: list[Callable[[str, Streamer], bool]] = [is_channel, is_called, *([begins_so] if by_prefix else [])]
    found = ([streamer for streamer in there if is_meant(typed.name, streamer)] for is_meant in ways)
    called = next(filter(None, found), [])
    if not called:
        where = f" on {typed.platform}" if typed.platform else ""
        raise NotFound(f"nobody called {typed.name!r} is watched{where}; 'mntreamer list' shows who is")
    if len(called) > 1:
        raise BadInput(with_choices(f"{len(called)} streamers are called {typed.name!r}; say which", typed, called))
    return called[0]


def with_choices(message: str, typed: Typed, channels: Iterable[Mapping[str, Any]]) -> str:
    """The message, and below it the command that means each of the channels."""
    choices = [
        f"  {typed.with_channel(channel.get('platform', typed.platform), channel['channel_id'])}"
        f"  # {one_line(channel['channel_name'])}"
        for channel in channels
    ]
    return "\n".join([message, *choices])


def is_channel(name: str, channel: Streamer) -> bool:
    """Whether that is its id, or a URL with its id in it."""
    parts = re.split(r"[/?#]", name) if _URL.fullmatch(name) else [name]
    return channel["channel_id"] in parts


def is_called(name: str, channel: Streamer) -> bool:
    """Whether that is its name, or the nickname that it was added by."""
    return _nfc(name) in _names(channel)


def begins_so(name: str, channel: Streamer) -> bool:
    """Whether one of its names or its id begins with that."""
    return any(own.startswith(_nfc(name)) for own in (*_names(channel), channel["channel_id"]))


def _names(channel: Streamer) -> list[str]:
    return [_nfc(channel[name]) for name in ("channel_name", "nickname") if channel.get(name)]


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip())
