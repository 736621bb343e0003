"""Which tracks of a source are recorded, and in which format they are."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, TypeAlias

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream

from mntreamer.domain.errors import NotPlayable, SourceError
from mntreamer.domain.problem_code import ProblemCode
from mntreamer.domain.reason import Reason
from mntreamer.domain.segments.recorded_codecs import refusal_of

# FFmpeg's names. Packed audio (RFC 8216, section 3.4) is no container: its timestamps lie in an ID3 tag.
_CONTAINERS = ("mpegts", "mov,mp4,m4a,3gp,3g2,mj2")
_UNKNOWN = "bin_data"
_UNKNOWN_PICTURE = Reason(
    "the stream's sound comes with something unknown, as a picture is that MPEG-TS has no stream type for",
    ProblemCode.PICTURE_NOT_RECORDED,
)
# What FFmpeg wants to know of the tracks stands in their headers: decoding pictures to look costs half of it all.
UNDECODED: Any = [{"skip_frame": "all"}] * 8  # a dict for each track; PyAV's annotation says otherwise
Track: TypeAlias = VideoStream | AudioStream


def recorded_tracks(source: InputContainer) -> list[Track]:
    """The first video and the first audio track; the first of the list leads.

    Raises SourceError where there is neither, NotPlayable for a container or a codec that is not recorded.
    """
    tracks = _first_of_each(source)
    if not tracks:
        raise SourceError("there is neither picture nor sound in it")
    if refusal := _refusal(source, tracks):
        raise NotPlayable(refusal)
    return tracks


def codec_of(track: Track) -> str:
    return track.codec_context.codec.canonical_name


def format_of(tracks: Sequence[Track]) -> str | None:
    """Codecs, picture size, sampling rate and channels, in ASCII; None where the bytes do not tell all of it."""
    facts = [_facts(track) for track in tracks]
    return ", ".join(fact for fact in facts if fact) if all(facts) else None


def format_alone(body: bytes) -> str | None:
    """The format of one MPEG-TS segment."""
    with av.open(BytesIO(body), "r", stream_options=UNDECODED) as source:
        return format_of(_first_of_each(source))


def _refusal(source: InputContainer, tracks: Sequence[Track]) -> Reason | None:
    if source.format.name not in _CONTAINERS:
        text = f"the stream comes as {source.format.name}; recorded are MPEG-TS and fragmented MP4"
        return Reason(text, ProblemCode.CONTAINER_NOT_RECORDED, container=source.format.name)
    if tracks[0].type != "video" and any(stream.name == _UNKNOWN for stream in source.streams):
        return _UNKNOWN_PICTURE
    return next(filter(None, (refusal_of(track.type, codec_of(track)) for track in tracks)), None)


def _first_of_each(source: InputContainer) -> list[Track]:
    return [*source.streams.video[:1], *source.streams.audio[:1]]


def _facts(track: Track) -> str | None:
    if isinstance(track, VideoStream):
        size = track.codec_context.width, track.codec_context.height
        return f"{codec_of(track)} {size[0]}x{size[1]}" if all(size) else None
    rate, channels = track.codec_context.sample_rate, track.codec_context.channels
    return f"{codec_of(track)} {rate} Hz {channels} ch" if rate and channels else None
