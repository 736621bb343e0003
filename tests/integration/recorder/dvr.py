"""A source that lists far more than a recorder needs to go on, or shows it elsewhere to those who may go back."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import PurePath

from mntreamer.domain.monitors.probe import Playback
from tests.integration.loopback_server import Reply
from tests.integration.recorder.broadcast_media import encoded
from tests.integration.recorder.origin import DURATION_S, GONE, START, Media, Origin, OriginPlatform

SEGMENTS = 54
# The first look is at what kind of playlist it is.
LISTED_AT_FIRST = 46
# Sequences count from 9; the edge is the newest minute.
FIRST = 9
EDGE = FIRST + LISTED_AT_FIRST - 30
LAST = FIRST + SEGMENTS - 1
TOKEN = "__bgda__=st=1~hmac=secret"


def long_media() -> Media:
    return encoded(SEGMENTS)


@dataclass
class Dvr(Origin):
    """Lists all that there ever was; `hold_until` names the segment that it waits for before it ends.

    `gone`: it lists them and gives them not. The rewind is listed apart: its media sequences are `shifted`, its dates
    there if it is `dated`, and it gives a segment only for its token.
    """

    begin: int = LISTED_AT_FIRST - 1
    window: int = SEGMENTS
    order: list[str] = field(default_factory=list)
    hold_until: str = ""
    gone: frozenset[int] = frozenset()
    shifted: int = 0
    dated: bool = True
    rewind_from: int = 0
    passed_by_token: set[str] = field(default_factory=set)

    def reply_to(self, path: str) -> Reply:
        name = PurePath(path).name
        is_rewound = "/rewind/" in path
        if is_rewound and name == "media.m3u8":
            return Reply(self._rewound().encode())
        if name.endswith(".m4v"):
            self.order.append(name)
            if int(name.removesuffix(".m4v")) in self.gone:
                return GONE
        if is_rewound and name.endswith(".m4v"):
            if self.seen[-1].query.get("__bgda__") != ["st=1~hmac=secret"]:
                return Reply(b"forbidden", 403)
            self.passed_by_token.add(name)
        return super().reply_to(path.replace("/rewind/", "/"))

    def _rewound(self) -> str:
        lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:2", '#EXT-X-MAP:URI="init.m4s"']
        lines.append(f"#EXT-X-MEDIA-SEQUENCE:{self.first + self.rewind_from + self.shifted}")
        for index in range(self.rewind_from, self.listed):
            date = START + timedelta(seconds=DURATION_S * index)
            lines += [f"#EXT-X-PROGRAM-DATE-TIME:{date.isoformat()}"] if self.dated else []
            lines += [f"#EXTINF:{DURATION_S},", f"{index}.m4v"]
        return "\n".join(lines)

    def _look(self) -> Reply:
        if self.hold_until:
            self.hold = self.listed == LISTED_AT_FIRST + 2 and not self.requests[self.hold_until]
        return super()._look()


@dataclass
class RewindingPlatform(OriginPlatform):
    """Shows what was before to those who may go back."""

    may_rewind: bool = True
    rewound_id: str = "1001"
    rewinds: int = 0

    def playback(self, channel_id: str) -> Playback:
        shown = super().playback(channel_id)
        return Playback(shown.live_id, shown.url, shown.headers, rewinds=True)

    def rewind(self, channel_id: str) -> Playback | None:
        self.rewinds += 1
        url = f"{self.origin.url}/{self.origin.token}/rewind/media.m3u8"
        return Playback(self.rewound_id, url, (("X-Channel", channel_id),), TOKEN) if self.may_rewind else None
