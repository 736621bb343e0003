"""The source playlist as a line in time: where each stored segment begins, without reading its dates."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from mntreamer.domain.errors import SourceError
from mntreamer.domain.media_path import SEGMENTS
from mntreamer.domain.playlists.source_playlist import SEGMENT_FILE, SegmentName, parse_segment_name

_US = 1_000_000
# A line each, so that the work grows with the text, whatever stands in it.
_LENGTHS_AND_URIS = re.compile(r"^(?:#EXTINF:([0-9]{1,9}(?:\.[0-9]{1,9})?),.*|(?!#)(.*\S))$", re.MULTILINE)
_SEGMENT = re.compile(re.escape(SEGMENTS) + SEGMENT_FILE)
_TARGET = re.compile(r"^#EXT-X-TARGETDURATION:([0-9]{1,9})$", re.MULTILINE)
_END = "\n#EXT-X-ENDLIST"


@dataclass(frozen=True)
class Timeline:
    """Segments by their position. Times are whole microseconds, as EXTINF is written, so that sums are exact.

    `starts_us` has one entry more than `files`: the end of the last. `target_duration_s` is the playlist's own;
    `ended` once nothing will be added.
    """

    files: tuple[str, ...]
    starts_us: tuple[int, ...]
    target_duration_s: int
    ended: bool

    @property
    def duration_us(self) -> int:
        return self.starts_us[-1]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where in the line each file is."""
        return {file: position for position, file in enumerate(self.files)}

    def name(self, position: int) -> SegmentName:
        return parse_segment_name(self.files[position])

    def starting_in(self, begin_us: int, end_us: int) -> range:
        """The positions of the segments that start in [begin, end)."""
        starts = self.starts_us[:-1]
        return range(bisect_left(starts, begin_us), bisect_left(starts, end_us))

    def at(self, moment_us: int) -> int:
        """The position of the segment that is on at that moment, which lies on the line."""
        return bisect_left(self.starts_us, moment_us + 1) - 1

    def only(self, positions: Sequence[int]) -> "Timeline":
        """What is left of it where only these positions are played, one right after the other."""
        lengths = (self.starts_us[position + 1] - self.starts_us[position] for position in positions)
        files = tuple(self.files[position] for position in positions)
        return Timeline(files, tuple(accumulate(lengths, initial=0)), self.target_duration_s, self.ended)


def source_text(body: bytes) -> str:
    """The text of a stored `source.m3u8`, which is UTF-8 (RFC 8216, section 4.1). Raises SourceError."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise SourceError(
            "a stored source playlist is damaged: it is not UTF-8; its segments are untouched"
        ) from None


def has_ended(source: str) -> bool:
    """Whether nothing will be added: ENDLIST may stand anywhere (RFC 8216, section 4.3.3.4)."""
    return f"{_END}\n" in source or source.endswith(_END)


def read_timeline(source: str) -> Timeline:
    """The line of a `source.m3u8`. Tags that say nothing about time are passed over. Raises SourceError."""
    target = _TARGET.search(source)
    if not source.startswith("#EXTM3U\n") or not target:
        raise SourceError("a stored source playlist is damaged; its segments are untouched")
    files, lengths = _paired(_LENGTHS_AND_URIS.findall(source))
    starts_us = tuple(accumulate((round(float(length) * _US) for length in lengths), initial=0))
    return Timeline(files, starts_us, int(target[1]), has_ended(source))


def _paired(found: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Each segment's file and the length that stands before it."""
    lengths, uris = [length for length, _ in found[::2]], [uri for _, uri in found[1::2]]
    if len(found) % 2 or not all(lengths) or not all(map(_SEGMENT.fullmatch, uris)):
        raise SourceError("a stored source playlist is damaged: an entry has no EXTINF or is not a segment of ours")
    return tuple(uri.removeprefix(SEGMENTS) for uri in uris), tuple(lengths)
