"""A recording of real pictures and sound, each of which is known, as the recorder would have stored it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from io import BytesIO

import av

from mntreamer.domain.playlists.source_playlist import Segment, SegmentName, SourcePlaylist, render_source
from mntreamer.ports import MediaStore
from mntreamer.recorder.media.remux import remux
from mntreamer.recorder.media.remuxed import Remuxed
from tests.faults.fingerprints import fingerprints_of
from tests.faults.takes import Container, Encoding, take_of

PREFIX = "media/chzzk/채널.1f0a9c3e/2026/11/22/1/"
BUNDLE = 3
SEGMENT_S = 6.0
FRAME_S = Fraction(1, 15)
PACKET_S = Fraction(1024, 48_000)
Times = dict[str, Fraction]


@dataclass(frozen=True)
class Content:
    """When each picture and each packet of sound is presented, in seconds, by its MD5 and in order."""

    pictures: Times
    sound: Times


@dataclass
class StoredRecording:
    """Segments as they were stored; `runs` of them with an encoding each and a DISCONTINUITY between."""

    store: MediaStore
    prefix: str = PREFIX
    segments: list[Segment] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def record(self, encoding: Encoding, count: int) -> None:
        """Store and list so many segments more, from the encoding's begin."""
        for number in range(count):
            stored = _bundle(encoding, number)
            first = 1000 + BUNDLE * len(self.segments)
            segment = Segment(
                SegmentName(0, first, first + BUNDLE - 1),
                stored.duration_s,
                discontinuity=number == 0 and bool(self.segments),
            )
            self.store.put_new(f"{self.prefix}segments/{segment.name.file}", stored.body, "video/mp2t", {})
            self.segments.append(segment)
            self.bodies.append(stored.body)
        self.list_all(ended=True)

    def list_all(self, *, ended: bool) -> None:
        text = render_source(SourcePlaylist(6, tuple(self.segments), ended))
        key = self.prefix + "source.m3u8"
        self.store.put(key, text.encode(), "application/vnd.apple.mpegurl", self.store.version(key))

    def contents(self, positions: Iterable[int]) -> list[Content]:
        return [content_of(self.bodies[position]) for position in positions]


@cache
def _bundle(encoding: Encoding, number: int) -> Remuxed:
    take = take_of(encoding, Container.FMP4)
    pieces = take.pieces[number * BUNDLE : (number + 1) * BUNDLE]
    return remux(take.init, [piece.body for piece in pieces])


def content_of(body: bytes) -> Content:
    """Of a segment, or of an exported file."""
    known = fingerprints_of(body)
    return Content(
        dict(zip(known.pictures, sorted(_times(body, "video")), strict=True)),
        dict(zip(known.sound, _times(body, "audio"), strict=True)),
    )


def _times(body: bytes, kind: str) -> Iterator[Fraction]:
    with av.open(BytesIO(body), "r") as media:
        track = next(stream for stream in media.streams if stream.type == kind)
        for packet in media.demux(track):
            if packet.pts is not None and packet.size:
                yield packet.pts * packet.time_base
