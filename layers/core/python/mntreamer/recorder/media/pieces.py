"""A bundle's packets by the source segment that each came with: how long it lasts, where something new begins."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from av.packet import Packet
from av.stream import Stream

from mntreamer.domain.errors import SourceError
from mntreamer.domain.segments.coding import coding_of
from mntreamer.domain.segments.stored_segment import jumps
from mntreamer.recorder.media.tracks import Track, codec_of


class Times(NamedTuple):
    """When a packet is presented, in seconds, and of which track it is."""

    track: int
    begin_s: float
    end_s: float


class _Place(NamedTuple):
    piece: int
    dts: int


class Pieces:
    """Told of each packet of these tracks in the joined bytes: `init`, empty for MPEG-TS, then the pieces' `bodies`.

    `breaks`: the pieces, counted from 0, that begin with a timestamp that the track before them is past already.
    """

    def __init__(self, init: bytes, bodies: Sequence[bytes], tracks: Sequence[Track]) -> None:
        self.breaks: set[int] = set()
        self._codecs = {track.index: codec_of(track) for track in tracks}
        self._ticks = {track.index: _ratio(track) for track in tracks}
        self._is_stream = not init
        self._starts = list(accumulate(map(len, bodies[:-1]), initial=len(init)))
        self._times: list[list[Times]] = [[] for _ in bodies]
        self._codings: list[dict[int, bytes]] = [{} for _ in bodies]
        self._last: dict[int, _Place] = {}

    def add(self, packet: "Packet[Stream]", dts: int) -> None:
        """Raises SourceError where it falls behind one of the same piece: no cut between pieces mends that."""
        track = packet.stream.index
        last = self._last.get(track)
        piece = self._piece_of(packet.pos, last)
        if last and dts <= last.dts:
            if piece <= last.piece:
                raise SourceError("timestamps fall back within one source segment")
            self.breaks.add(piece)
        self._last[track] = _Place(piece, dts)
        self._times[piece].append(self._times_of(packet, track, dts))
        if self._is_stream and track not in self._codings[piece]:
            self._codings[piece][track] = coding_of(self._codecs[track], memoryview(packet))

    def jumps(self) -> set[int]:
        """The pieces whose timestamps are far from those before them. Raises SourceError for a piece without any."""
        if not all(self._times):
            raise SourceError("there is neither picture nor sound in it")
        return {
            index
            for index, (before, after) in enumerate(pairwise(self._times), 1)
            if jumps(_last_s(before), _first_s(after))
        }

    def suspects(self) -> set[int]:
        """The pieces that may be coded otherwise than the one before."""
        return {index for index, (before, after) in enumerate(pairwise(self._codings), 1) if before != after}

    @property
    def first_pts_s(self) -> float:
        return min(map(_first_s, self._times))

    @property
    def last_pts_s(self) -> float:
        return max(map(_last_s, self._times))

    def duration_s(self, leading: int) -> float:
        """How long the leading track lasts, or all that there is where that has no packets."""
        return _span_s([times for piece in self._times for times in piece], leading)

    def durations_s(self, leading: int) -> tuple[float, ...]:
        """The same of each piece alone."""
        return tuple(_span_s(piece, leading) for piece in self._times)

    def _piece_of(self, position: int | None, last: _Place | None) -> int:
        """By its position in the bytes; a frame that shares a PES packet with the one before has none of its own."""
        if position is None:
            return last.piece if last else 0
        return max(0, bisect_right(self._starts, position) - 1)

    def _times_of(self, packet: "Packet[Stream]", track: int, dts: int) -> Times:
        pts = packet.pts
        begin = dts if pts is None else pts
        numerator, denominator = self._ticks[track]
        return Times(
            track, begin * numerator / denominator, (begin + (packet.duration or 0)) * numerator / denominator
        )


def _ratio(track: Track) -> tuple[int, int]:
    if track.time_base is None:
        raise SourceError("a track without a clock")
    return track.time_base.as_integer_ratio()


def _first_s(piece: Iterable[Times]) -> float:
    return min(times.begin_s for times in piece)


def _last_s(piece: Iterable[Times]) -> float:
    return max(times.begin_s for times in piece)


def _span_s(times: list[Times], leading: int) -> float:
    led = [time for time in times if time.track == leading] or times
    return max(time.end_s for time in led) - min(time.begin_s for time in led)
