"""A live source on loopback that moves on by one segment each time it is asked, and fails where a test says so.

That of the fault suite moves on by a clock, since every fault there is a span of time; here a test can hold it still.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from mntreamer.domain.monitors.probe import Channel, Live, Offline, Playback, Probe
from tests.contract.platforms import EasyPlatform
from tests.integration.loopback_server import LoopbackServer, Reply

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DURATION_S = 2.0
GONE = Reply(b"gone", 404)
BUSY = Reply(b"busy", 503)


@dataclass(frozen=True)
class Media:
    """What is broadcast: an initialisation section and segments of 60 frames."""

    init: bytes
    bodies: tuple[bytes, ...]


@dataclass
class Origin(LoopbackServer):
    """Segment i of the media has the sequence `first + i`; `begin` is how many are listed at the first look.

    From segment `restart_at` on, sequences count from 0. `faults` maps a path's last part to the replies that it
    gives before the true one.
    """

    media: Media
    first: int = 9
    begin: int = 3
    faults: dict[str, list[Reply]] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)
    looks: int = 0
    hold: bool = False
    over: bool = False
    ends_with_endlist: bool = True
    token: int = 0
    oldest_valid_token: int = 0
    window: int = 5
    restart_at: int | None = None
    requests: Counter[str] = field(default_factory=Counter)
    on_look: Callable[["Origin"], object] = lambda _: None

    def __post_init__(self) -> None:
        super().__init__()

    @property
    def listed(self) -> int:
        """How many segments have been listed so far."""
        return min(self.begin + self.looks, len(self.media.bodies))

    def reply_to(self, path: str) -> Reply:
        token, _, name = path.strip("/").partition("/")
        self.requests[name] += 1
        if int(token) < self.oldest_valid_token:
            return Reply(b"expired", 403)
        if self.faults.get(name):
            return self.faults[name].pop(0)
        if name == "media.m3u8":
            return self._look()
        if name == "init.m4s":
            return Reply(self.media.init)
        return Reply(self.media.bodies[int(name.removesuffix(".m4v"))])

    def _look(self) -> Reply:
        self.on_look(self)
        text = self._playlist()
        if self.listed == len(self.media.bodies):
            self.over = True
        elif not self.hold:
            self.looks += 1
        return Reply(text.encode())

    def _low(self) -> tuple[int, int]:
        """The first segment that is listed, and its sequence."""
        low = max(0, self.listed - self.window)
        if self.restart_at is None or self.listed <= self.restart_at:
            return low, self.first + low
        low = max(low, self.restart_at)
        return low, low - self.restart_at

    def _playlist(self) -> str:
        low, sequence = self._low()
        lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:2", f"#EXT-X-MEDIA-SEQUENCE:{sequence}"]
        lines.append('#EXT-X-MAP:URI="init.m4s"')
        for index in range(low, self.listed):
            lines += [self.tags[index]] if index in self.tags else []
            date = START + timedelta(seconds=DURATION_S * index)
            lines += [f"#EXT-X-PROGRAM-DATE-TIME:{date.isoformat()}", f"#EXTINF:{DURATION_S},", f"{index}.m4v"]
        if self.listed == len(self.media.bodies) and self.ends_with_endlist:
            lines.append("#EXT-X-ENDLIST")
        return "\n".join(lines)


@dataclass
class OriginPlatform(EasyPlatform):
    """The platform that the origin belongs to: live until all of it has been listed."""

    origin: Origin
    live_id: str = "1001"
    probes: int = 0

    def probe(self, channel_id: str) -> Probe:
        self.probes += 1
        return Offline() if self.origin.over else Live(self.live_id, "title", channel_id, START)

    def playback(self, channel_id: str) -> Playback:
        self.origin.token += 1
        return Playback(
            self.live_id, f"{self.origin.url}/{self.origin.token}/media.m3u8", (("X-Channel", channel_id),)
        )

    def channel(self, channel_id: str) -> Channel:
        return Channel(channel_id, "name")

    def channel_id_in(self, url: str) -> str:
        return url.rpartition("/")[2]

    def search(self, nickname: str) -> list[Channel]:
        return [Channel("c1", nickname)]
