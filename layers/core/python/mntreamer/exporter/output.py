"""One file of an export: packets of one coding, copied as they are, on one line of time."""

from collections.abc import Sequence
from fractions import Fraction

import av

from mntreamer.domain.exports.export import ExportedFile, ExportFormat
from mntreamer.domain.exports.joined_timestamps import TICKS_PER_S, JoinedTimestamps, Stamp
from mntreamer.exporter.segment import Coding, OpenSegment
from mntreamer.exporter.sink import Sink
from mntreamer.recorder.media.tracks import codec_of

_TICK = Fraction(1, TICKS_PER_S)
_MUXERS = {ExportFormat.MP4: "mp4", ExportFormat.TS: "mpegts"}
# The same packets give the same bytes, whichever attempt writes them.
_OPTIONS = {"fflags": "+bitexact"}
_BUFFER_BYTES = 1 << 20
# The name that QuickTime knows HEVC by.
_TAGS = {"hevc": "hvc1"}


class Output:
    """Takes segments of one coding, that of the first, until it is closed."""

    def __init__(self, sink: Sink, container_format: ExportFormat, first: OpenSegment) -> None:
        self._sink = sink
        self._coding = dict(first.coding)
        self._format = first.format
        self._times = JoinedTimestamps()
        self._container = av.open(
            sink, "w", format=_MUXERS[container_format], options=_OPTIONS, buffer_size=_BUFFER_BYTES
        )
        self._kinds = [track.type for track in first.tracks]
        self._streams = [self._container.add_stream_from_template(track) for track in first.tracks]
        if container_format is ExportFormat.MP4:
            self._name_codecs()

    def takes(self, coding: Coding) -> bool:
        """Whether the same decoder can go on: a track may be missing, none may be new or coded otherwise."""
        return all(kind in self._coding and _same(self._coding[kind], of_kind) for kind, of_kind in coding.items())

    def add(self, segment: OpenSegment, *, goes_on: bool) -> None:
        stamps = segment.stamps(self._kinds)
        for placed in self._times.placed(stamps, goes_on=goes_on):
            self._mux(segment, placed.position, stamps[placed.position], (placed.dts, placed.pts))

    def close(self) -> ExportedFile:
        """What the file is then; its upload may end."""
        self._sink.hold_back()
        self._container.close()
        self._sink.finish()
        return ExportedFile(self._sink.size_bytes, round(self._times.duration_s, 3), self._format)

    def _mux(self, segment: OpenSegment, index: int, stamp: Stamp, times: Sequence[int]) -> None:
        packet = segment.packets[index]
        packet.dts, packet.pts = times
        packet.duration, packet.time_base = stamp.duration, _TICK
        packet.stream = self._streams[stamp.track]
        self._container.mux(packet)

    def _name_codecs(self) -> None:
        for stream in self._streams:
            tag = _TAGS.get(codec_of(stream))
            if tag:
                stream.codec_context.codec_tag = tag


def _same(before: tuple[str, bytes], after: tuple[str, bytes]) -> bool:
    """Parameters that a segment does not tell are those from before."""
    parameters_agree = not before[1] or not after[1] or before[1] == after[1]
    return before[0] == after[0] and parameters_agree
