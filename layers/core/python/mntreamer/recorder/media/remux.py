"""A bundle becomes one MPEG-TS segment: a pure function of its bytes, every packet and timestamp kept.

The options are those of the command line's `-copyts -muxdelay 0 -avoid_negative_ts disabled -mpegts_flags
+initial_discontinuity -fflags +bitexact`: segments made one by one join without a gap, and equal input gives equal
bytes.
"""

from collections.abc import Sequence
from io import BytesIO

import av
from av.container import InputContainer

from mntreamer.domain.error_place import kind_and_place
from mntreamer.domain.errors import MntreamerError, SourceError
from mntreamer.domain.segments.stored_segment import differ
from mntreamer.recorder.media.pieces import Pieces
from mntreamer.recorder.media.remuxed import Broken, Remuxed
from mntreamer.recorder.media.tracks import UNDECODED, Track, format_alone, format_of, recorded_tracks

_MPEG_TS = {
    "max_delay": "0",
    "avoid_negative_ts": "disabled",
    "mpegts_flags": "+initial_discontinuity",
    "fflags": "+bitexact",
}


def remux(init: bytes, bodies: Sequence[bytes]) -> Remuxed:
    """Join source segments, with their initialisation section if they are fMP4, into one MPEG-TS segment.

    The first video and the first audio track are kept. Raises SourceError for bytes that FFmpeg cannot read, Broken
    where timestamps jump or the coding changes from one to the next, NotPlayable for a codec that is not recorded.
    """
    try:
        with av.open(BytesIO(b"".join([init, *bodies])), "r", stream_options=UNDECODED) as source:
            return _copied(source, init, bodies)
    except MntreamerError:
        raise
    except Exception as error:
        # Damaged bytes make PyAV raise far more than FFmpeg's errors; whatever it is, only this bundle is concerned.
        raise SourceError(f"FFmpeg cannot read it: {kind_and_place(error)}") from error


def _copied(source: InputContainer, init: bytes, bodies: Sequence[bytes]) -> Remuxed:
    tracks = recorded_tracks(source)
    leading, media_format = tracks[0].index, format_of(tracks)
    target, pieces = BytesIO(), Pieces(init, bodies, tracks)
    _copy(source, tracks, target, pieces)
    if breaks := pieces.breaks | pieces.jumps() | _other_formats(bodies, pieces.suspects()):
        raise Broken(sorted(breaks))
    return Remuxed(
        target.getvalue(),
        pieces.first_pts_s,
        pieces.last_pts_s,
        pieces.duration_s(leading),
        pieces.durations_s(leading),
        media_format,
    )


def _copy(source: InputContainer, tracks: list[Track], target: BytesIO, pieces: Pieces) -> None:
    """Nothing more is written once it is clear that the bundle has to be split."""
    with av.open(target, "w", format="mpegts", options=_MPEG_TS) as copy:
        copies = {track.index: copy.add_stream_from_template(track) for track in tracks}
        for packet in source.demux(tracks):
            if packet.dts is None:
                continue  # the empty packet that ends each track
            pieces.add(packet, packet.dts)
            if not pieces.breaks:
                packet.stream = copies[packet.stream.index]
                copy.mux(packet)


def _other_formats(bodies: Sequence[bytes], suspects: set[int]) -> set[int]:
    """Those of the suspects that are of another format than the piece before; only in MPEG-TS there are any."""
    formats = {index: format_alone(bodies[index]) for index in suspects | {suspect - 1 for suspect in suspects}}
    return {index for index in suspects if differ(formats[index - 1], formats[index])}
