"""The source playlist: everything that was recorded, in order, never edited (RFC 8216)."""

import re
from dataclasses import dataclass
from datetime import datetime

from mntreamer.domain.errors import SourceError
from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.times import from_iso, to_iso

ENDLIST = "#EXT-X-ENDLIST\n"
# Our own tag, which others pass over (RFC 8216, section 6.3.1).
BACKFILLED = "#EXT-X-MNTREAMER-BACKFILLED\n"
# The epoch in front of the first one: it sorts before all others as a number and, written with three places, as text.
BEFORE_ALL = -1
SEGMENT_FILE = r"(?P<epoch>-01|[0-9]{1,9})-(?P<first>[0-9]{1,20})-(?P<last>[0-9]{1,20})\.ts"
_NAME = re.compile(SEGMENT_FILE)


@dataclass(frozen=True, slots=True, order=True)
class SegmentName:
    """Which source segments a stored segment was made of: an epoch and a range of media sequences, both included.

    The name is all of its identity: the same range always has the same bytes, another range another name.
    """

    epoch: int
    first: int
    last: int

    @property
    def file(self) -> str:
        return f"{self.epoch:03d}-{self.first:010d}-{self.last:010d}.ts"

    @property
    def count(self) -> int:
        """How many source segments it holds."""
        return self.last - self.first + 1


def parse_segment_name(path: str) -> SegmentName:
    """The name at the end of a path or URI. Raises SourceError for anything that is not ours."""
    found = _NAME.fullmatch(path.rsplit("/", 1)[-1])
    if not found:
        raise SourceError(f"{path!r} is not the name of a stored segment; nothing but segments belongs there")
    return SegmentName(int(found["epoch"]), int(found["first"]), int(found["last"]))


@dataclass(frozen=True, slots=True)
class Segment:
    """One stored segment as the playlist lists it. `program_date_time` is the source's own clock.

    One that is `backfilled` was listed once nothing else came, in front of or between what was there before.
    """

    name: SegmentName
    duration_s: float
    program_date_time: datetime | None = None
    discontinuity: bool = False
    backfilled: bool = False


@dataclass(frozen=True, slots=True)
class SourcePlaylist:
    """What is recorded so far; `ended` once nothing will be added any more."""

    target_duration_s: int
    segments: tuple[Segment, ...] = ()
    ended: bool = False

    @property
    def last(self) -> SegmentName | None:
        """The last segment that is listed."""
        return self.segments[-1].name if self.segments else None

    @property
    def duration_s(self) -> float:
        return sum(segment.duration_s for segment in self.segments)


def follows(before: SegmentName, after: SegmentName) -> bool:
    """Whether no source segment is missing between the two."""
    return (before.epoch, before.last + 1) == (after.epoch, after.first)


def render_source(playlist: SourcePlaylist) -> str:
    """The text of `source.m3u8`: a media playlist (RFC 8216, section 4.3)."""
    end = ENDLIST if playlist.ended else ""
    return "".join([render_head(playlist.target_duration_s), *map(render_entry, playlist.segments), end])


def render_head(target_duration_s: int) -> str:
    """What stands before the entries."""
    return f"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:{target_duration_s}\n#EXT-X-MEDIA-SEQUENCE:0\n"


def render_entry(segment: Segment) -> str:
    """One segment's tags, and its URI below `segments/`."""
    date = segment.program_date_time
    return (
        ("#EXT-X-DISCONTINUITY\n" if segment.discontinuity else "")
        + (f"#EXT-X-PROGRAM-DATE-TIME:{to_iso(date)}\n" if date else "")
        + (BACKFILLED if segment.backfilled else "")
        + f"#EXTINF:{segment.duration_s:.6f},\n{SEGMENTS}{segment.name.file}\n"
    )


def parse_source(text: str) -> SourcePlaylist:
    """What `render_source` wrote. Raises SourceError for a text that it cannot have written."""
    target, ended = 0, False
    segments: list[Segment] = []
    pending: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            segments.append(_parsed(line, pending))
            pending = {}
        elif line.startswith("#EXT-X-TARGETDURATION:"):
            target = int(line.partition(":")[2])
        elif line == "#EXT-X-ENDLIST":
            ended = True
        else:
            tag, _, value = line.partition(":")
            pending[tag] = value
    if not text.startswith("#EXTM3U") or not target:
        raise SourceError("a stored source playlist is damaged; its segments are untouched")
    return SourcePlaylist(target, tuple(segments), ended)


def _parsed(uri: str, tags: dict[str, str]) -> Segment:
    try:
        duration_s = float(tags["#EXTINF"].rstrip(","))
        date = tags.get("#EXT-X-PROGRAM-DATE-TIME")
        moment = from_iso(date) if date else None
    except (KeyError, ValueError) as error:
        raise SourceError(f"the entry {uri!r} of a stored source playlist is damaged: {error!r}") from error
    broken, backfilled = "#EXT-X-DISCONTINUITY" in tags, BACKFILLED.strip() in tags
    return Segment(parse_segment_name(uri), duration_s, moment, broken, backfilled)
