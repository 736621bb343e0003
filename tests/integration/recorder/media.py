"""Sources of every kind: two seconds a segment, encoded in process, once for each test run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream

from mntreamer.domain.playlists.source_playlist import SegmentName
from mntreamer.domain.segments.bundling import Bundle, Fetched
from mntreamer.domain.segments.window import SourceSegment
from tests.contract.records import NOON

SEGMENT_S = 2
_FRAMES_PER_SECOND = 15
_SAMPLES = 1024
_GROUP = str(SEGMENT_S * _FRAMES_PER_SECOND)
_OPTIONS = {
    "libx264": {"preset": "ultrafast", "bf": "2", "g": _GROUP, "keyint_min": _GROUP, "sc_threshold": "0"},
    "libx265": {
        "preset": "ultrafast",
        "x265-params": f"keyint={_GROUP}:min-keyint={_GROUP}:scenecut=0:open-gop=0:log-level=none",
    },
    "libsvtav1": {"preset": "12", "g": _GROUP},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8", "g": _GROUP, "keyint_min": _GROUP},
}


@dataclass(frozen=True)
class Coding:
    """One run of an encoder, by FFmpeg's names; `start_s` is what its timestamps count from."""

    picture: str | None = "libx264"
    sound: str | None = "aac"
    is_fmp4: bool = False
    sampling_rate: int = 48_000
    width: int = 160
    height: int = 90
    start_s: int = 0


@dataclass(frozen=True)
class Source:
    """`init` is empty for MPEG-TS."""

    init: bytes
    bodies: tuple[bytes, ...]


@cache
def source_of(coding: Coding, segments: int = 3) -> Source:
    with TemporaryDirectory() as made, _no_more_urgent():
        folder = Path(made)
        _encode(coding, segments, folder)
        inits = [path.read_bytes() for path in folder.glob("init.mp4")]
        bodies = tuple(path.read_bytes() for path in sorted(folder.glob("*.part")))
    assert len(bodies) >= segments, f"{coding} came in {len(bodies)} segments"
    return Source(inits[0] if inits else b"", bodies[:segments])


def bundle_of(*sources: Source, discontinuity: bool = False) -> Bundle:
    """The segments of one source after another, listed as they should be; sequences count from 9."""
    pieces = [
        Fetched(SourceSegment(sequence, "", float(SEGMENT_S), NOON), body, source.init)
        for sequence, (source, body) in enumerate(((s, body) for s in sources for body in s.bodies), 9)
    ]
    return Bundle(SegmentName(0, 9, 8 + len(pieces)), tuple(pieces), discontinuity)


def packets_of(body: bytes) -> dict[str, list[tuple[float, float]]]:
    """Begin and end of each packet in seconds, in order of presentation, for each codec."""
    found: dict[str, list[tuple[float, float]]] = {}
    with av.open(BytesIO(body), "r") as media:
        names = {
            track.index: track.codec_context.codec.canonical_name for track in media.streams if track.codec_context
        }
        for packet in media.demux():
            if packet.pts is not None and packet.size:
                begin, end = packet.pts, packet.pts + (packet.duration or 0)
                times = float(begin * packet.time_base), float(end * packet.time_base)
                found.setdefault(names[packet.stream.index], []).append(times)
    return {name: sorted(times) for name, times in found.items()}


@contextmanager
def _no_more_urgent() -> Iterator[None]:
    """SVT's encoder makes the thread of root that calls it a real-time one, and all that is started from it later."""
    policy, priority = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        yield
    finally:
        os.sched_setscheduler(0, policy, priority)


def _encode(coding: Coding, segments: int, folder: Path) -> None:
    options = {
        "hls_time": str(SEGMENT_S),
        "hls_list_size": "0",
        "hls_segment_type": "fmp4" if coding.is_fmp4 else "mpegts",
        "hls_segment_filename": str(folder / "%03d.part"),
        "hls_fmp4_init_filename": "init.mp4",
    }
    with av.open(str(folder / "made.m3u8"), "w", format="hls", options=options) as target:
        picture, sound = _picture_track(target, coding), _sound_track(target, coding)
        samples = 0
        for number in range(segments * SEGMENT_S * _FRAMES_PER_SECOND):
            if picture:
                target.mux(picture.encode(_picture(coding, number)))
            while sound and samples * _FRAMES_PER_SECOND < (number + 1) * coding.sampling_rate:
                target.mux(sound.encode(_sound(coding, samples)))
                samples += _SAMPLES
        target.mux(picture.encode(None) if picture else [])
        target.mux(sound.encode(None) if sound else [])


def _picture_track(target: OutputContainer, coding: Coding) -> VideoStream | None:
    if coding.picture is None:
        return None
    track = target.add_stream(coding.picture, rate=_FRAMES_PER_SECOND, options=_OPTIONS[coding.picture])
    assert isinstance(track, VideoStream)
    track.width, track.height, track.pix_fmt = coding.width, coding.height, "yuv420p"
    return track


def _sound_track(target: OutputContainer, coding: Coding) -> AudioStream | None:
    if coding.sound is None:
        return None
    track = target.add_stream(coding.sound, rate=coding.sampling_rate)
    assert isinstance(track, AudioStream)
    track.layout = "mono"
    return track


def _picture(coding: Coding, number: int) -> av.VideoFrame:
    planes = np.full((coding.height * 3 // 2, coding.width), number * 7 % 200, np.uint8)
    frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
    frame.pts, frame.time_base = number + coding.start_s * _FRAMES_PER_SECOND, Fraction(1, _FRAMES_PER_SECOND)
    return frame


def _sound(coding: Coding, first: int) -> av.AudioFrame:
    noise = np.random.default_rng(first).normal(0, 0.1, (1, _SAMPLES)).astype(np.float32)
    frame = av.AudioFrame.from_ndarray(noise, format="fltp", layout="mono")
    frame.sample_rate, frame.pts = coding.sampling_rate, first + coding.start_s * coding.sampling_rate
    frame.time_base = Fraction(1, coding.sampling_rate)
    return frame
