"""Which channel a person means who types a name."""

import re
import shlex
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mntreamer.domain.errors import BadInput, NotFound
from mntreamer_local.one_line import one_line

_CHANNEL_ID = re.compile(r"[0-9a-f]{32}")
_URL = re.compile(r"\w+://.*|[a-z0-9-]+(\.[a-z0-9-]+)+/\S*", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Typed:
    """A command about one channel. `name` is what the person calls it; `options` come behind it."""

    command: str
    platform: str
    name: str
    options: tuple[str, ...] = ()

    def with_name(self, name: str) -> str:
        """The same command about the channel of that name, as a shell takes it."""
        return shlex.join(["mntreamer", self.command, self.platform, name, *self.options])


def reference(name: str) -> dict[str, str]:
    """The field of `POST /streamers` that says what the person typed."""
    if _CHANNEL_ID.fullmatch(name):
        return {"channel_id": name}
    return {"url" if _URL.fullmatch(name) else "nickname": name}


def only_one(typed: Typed, streamers: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The streamer of that id, or else of that name. Raises NotFound, and BadInput where more than one has it."""
    there = [streamer for streamer in streamers if streamer["platform"] == typed.platform]
    called = [streamer for streamer in there if streamer["channel_id"] == typed.name]
    called = called or [streamer for streamer in there if _nfc(typed.name) in map(_nfc, _names(streamer))]
    if not called:
        raise NotFound(f"nobody called {typed.name!r} is watched on {typed.platform}; 'mntreamer list' shows who is")
    if len(called) > 1:
        raise BadInput(with_choices(f"{len(called)} streamers are called {typed.name!r}; say which", typed, called))
    return called[0]


def with_choices(message: str, typed: Typed, channels: Iterable[Mapping[str, Any]]) -> str:
    """The message, and below it the command that means each of the channels."""
    choices = [
        f"  {typed.with_name(channel['channel_id'])}  # {one_line(channel['channel_name'])}" for channel in channels
    ]
    return "\n".join([message, *choices])


def _names(streamer: Mapping[str, Any]) -> tuple[str, str]:
    return streamer["channel_name"], streamer["nickname"]


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip())
