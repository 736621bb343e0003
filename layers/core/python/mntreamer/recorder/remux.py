"""A bundle becomes one MPEG-TS segment: a pure function of its bytes, every packet and timestamp kept.

The options are those of the command line's `-copyts -muxdelay 0 -avoid_negative_ts disabled -mpegts_flags
+initial_discontinuity -fflags +bitexact`: segments made one by one join without a gap, and equal input gives equal
bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

from mntreamer.domain.errors import SourceError

_MPEG_TS = {
    "max_delay": "0",
    "avoid_negative_ts": "disabled",
    "mpegts_flags": "+initial_discontinuity",
    "fflags": "+bitexact",
}


@dataclass(frozen=True, slots=True)
class Remuxed:
    """The segment's bytes and the presentation times of its first and its last packet, in seconds."""

    body: bytes
    first_pts_s: float
    last_pts_s: float


def remux(init: bytes, bodies: Iterable[bytes]) -> Remuxed:
    """Join source segments, with their initialisation section if they are fMP4, into one MPEG-TS segment.

    The first video and the first audio track are kept. Raises SourceError for bytes that FFmpeg cannot read.
    """
    try:
        with av.open(BytesIO(init + b"".join(bodies)), "r") as source:
            return _copied(source)
    except (av.FFmpegError, UnicodeDecodeError) as error:
        raise SourceError(f"FFmpeg cannot read a bundle: {error}") from error


def _copied(source: InputContainer) -> Remuxed:
    target = BytesIO()
    times: list[float] = []
    tracks = [*source.streams.video[:1], *source.streams.audio[:1]]
    if not tracks:
        raise SourceError("a bundle has neither picture nor sound")
    with av.open(target, "w", format="mpegts", options=_MPEG_TS) as copy:
        copies = {track.index: copy.add_stream_from_template(track) for track in tracks}
        for packet in source.demux(tracks):
            if packet.dts is None:
                continue  # the empty packet that ends each track
            times.append(_pts_s(packet))
            packet.stream = copies[packet.stream.index]
            copy.mux(packet)
    if not times:
        raise SourceError("a bundle has no packets")
    return Remuxed(target.getvalue(), min(times), max(times))


def _pts_s(packet: "Packet[Stream]") -> float:
    return float((packet.pts if packet.pts is not None else packet.dts or 0) * packet.time_base)
