"""The platform that a row's source belongs to. It is never at fault: it says what is so, and gives out URLs."""

from dataclasses import dataclass
from typing import Protocol

from mntreamer.domain.monitors.probe import Channel, Live, Offline, Playback, Probe
from tests.contract.platforms import EasyPlatform
from tests.faults.broadcast import BEGAN_AT

LIVE_ID = "1001"


class Broadcaster(Protocol):
    """Who broadcasts: an origin, or what another process sees of it."""

    @property
    def title(self) -> str: ...

    @property
    def now_s(self) -> float:
        """The source's own time."""

    @property
    def is_over(self) -> bool:
        """Whether the stream has ended."""

    def new_url(self) -> str:
        """The media playlist's URL, with a token that is new."""


@dataclass
class OriginPlatform(EasyPlatform):
    """Live until the stream is over."""

    broadcaster: Broadcaster

    def probe(self, channel_id: str) -> Probe:
        return Offline() if self.broadcaster.is_over else Live(LIVE_ID, self.broadcaster.title, channel_id, BEGAN_AT)

    def playback(self, channel_id: str) -> Playback:
        return Playback(LIVE_ID, self.broadcaster.new_url(), (("X-Channel", channel_id),))

    def channel(self, channel_id: str) -> Channel:
        return Channel(channel_id, "name")

    def channel_id_in(self, url: str) -> str:
        return url.rpartition("/")[2]

    def search(self, nickname: str) -> list[Channel]:
        return [Channel("c1", nickname)]
