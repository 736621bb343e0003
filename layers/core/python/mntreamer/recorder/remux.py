"""A bundle becomes one MPEG-TS segment: a pure function of its bytes, every packet and timestamp kept.

The options are those of the command line's `-copyts -muxdelay 0 -avoid_negative_ts disabled -mpegts_flags
+initial_discontinuity -fflags +bitexact`: segments made one by one join without a gap, and equal input gives equal
bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.errors import SourceError

_MPEG_TS = {
    "max_delay": "0",
    "avoid_negative_ts": "disabled",
    "mpegts_flags": "+initial_discontinuity",
    "fflags": "+bitexact",
}


@dataclass(frozen=True, slots=True)
class Remuxed:
    """The segment's bytes and, in seconds, the presentation times of its first and its last packet.

    `duration_s` is how long its picture lasts (or its sound, where there is none): from the first picture's
    presentation to the end of the last one.
    """

    body: bytes
    first_pts_s: float
    last_pts_s: float
    duration_s: float


def remux(init: bytes, bodies: Iterable[bytes]) -> Remuxed:
    """Join source segments, with their initialisation section if they are fMP4, into one MPEG-TS segment.

    The first video and the first audio track are kept. Raises SourceError for bytes that FFmpeg cannot read.
    """
    try:
        with av.open(BytesIO(init + b"".join(bodies)), "r") as source:
            return _copied(source)
    except SourceError:
        raise
    except Exception as error:
        # Damaged bytes make PyAV raise far more than FFmpeg's errors; whatever it is, only this bundle is concerned.
        raise SourceError(f"FFmpeg cannot read a bundle: {kind_and_place(error)}") from error


def _copied(source: InputContainer) -> Remuxed:
    target = BytesIO()
    tracks = [*source.streams.video[:1], *source.streams.audio[:1]]
    if not tracks:
        raise SourceError("a bundle has neither picture nor sound")
    times: list[Times] = []
    with av.open(target, "w", format="mpegts", options=_MPEG_TS) as copy:
        copies = {track.index: copy.add_stream_from_template(track) for track in tracks}
        for packet in source.demux(tracks):
            if packet.dts is None:
                continue  # the empty packet that ends each track
            times.append(_times(packet))
            packet.stream = copies[packet.stream.index]
            copy.mux(packet)
    return _remuxed(target.getvalue(), times, tracks[0].index)


class Times(NamedTuple):
    """When a packet is presented, in seconds, and of which track it is."""

    track: int
    begin_s: float
    end_s: float


def _times(packet: "Packet[Stream]") -> Times:
    begin = packet.pts if packet.pts is not None else packet.dts or 0
    end = begin + (packet.duration or 0)
    return Times(packet.stream.index, float(begin * packet.time_base), float(end * packet.time_base))


def _remuxed(body: bytes, times: list[Times], leading: int) -> Remuxed:
    """`leading` is the track whose presentation is the segment's."""
    if not times:
        raise SourceError("a bundle has no packets")
    led = [time for time in times if time.track == leading] or times
    first_s, last_s = min(time.begin_s for time in times), max(time.begin_s for time in times)
    return Remuxed(body, first_s, last_s, max(time.end_s for time in led) - min(time.begin_s for time in led))
