"""A stored segment, opened: its tracks, their coding, and its packets with the times at which they were stored."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any, TypeAlias

import av
from av.packet import Packet
from av.stream import Stream

from mntreamer.domain.exports.joined_timestamps import Stamp
from mntreamer.domain.segments.coding import coding_of
from mntreamer.recorder.media.tracks import Track, codec_of, format_of, recorded_tracks

# What FFmpeg wants to know of the tracks stands in their headers.
_UNDECODED: Any = [{"skip_frame": "all"}] * 8  # a dict for each track; PyAV's annotation says otherwise
AnyPacket: TypeAlias = "Packet[Stream]"
# By the kind of track: its codec and, where its packets tell them, the codec's parameters.
Coding: TypeAlias = Mapping[str, tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class OpenSegment:
    """`tracks` can be used only while it is open. `format` names codecs, picture size, sampling rate and channels."""

    tracks: Sequence[Track]
    packets: Sequence[AnyPacket]
    coding: Coding
    format: str

    def stamps(self, kinds: Sequence[str]) -> list[Stamp]:
        """Those of `packets`, for a file that has these kinds of tracks."""
        numbers = {track.index: kinds.index(track.type) for track in self.tracks}
        usual = {track.index: _usual_duration(self._times(track)) for track in self.tracks}
        return [_stamp(packet, numbers[packet.stream_index], usual[packet.stream_index]) for packet in self.packets]

    def _times(self, track: Track) -> list[int]:
        return [packet.dts or 0 for packet in self.packets if packet.stream_index == track.index]


@contextmanager
def open_segment(body: bytes) -> Iterator[OpenSegment]:
    """Raises SourceError where there is neither picture nor sound, and FFmpeg's own errors."""
    with av.open(BytesIO(body), "r", stream_options=_UNDECODED) as source:
        tracks = recorded_tracks(source)
        packets = [packet for packet in source.demux(tracks) if packet.dts is not None]
        yield OpenSegment(tracks, packets, _coding(tracks, packets), format_of(tracks) or "unknown")


def _stamp(packet: AnyPacket, track: int, usual_duration: int) -> Stamp:
    dts = packet.dts or 0
    pts = dts if packet.pts is None else packet.pts
    return Stamp(track, dts, pts, packet.duration or usual_duration, packet.is_keyframe)


def _usual_duration(times: Sequence[int]) -> int:
    """What lies between most packets: for those that do not say how long they last."""
    steps = sorted(after - before for before, after in pairwise(times))
    return steps[len(steps) // 2] if steps else 0


def _coding(tracks: Sequence[Track], packets: Sequence[AnyPacket]) -> dict[str, tuple[str, bytes]]:
    first = {packet.stream_index: packet for packet in reversed(packets)}
    return {
        track.type: (codec_of(track), coding_of(codec_of(track), memoryview(first[track.index])))
        for track in tracks
        if track.index in first
    }
