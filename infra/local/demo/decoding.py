"""Pictures and sound as a player gets them, frame by frame."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import av


@dataclass(frozen=True, slots=True)
class Frames:
    """The MD5 of each decoded frame, in the order in which they are shown."""

    video: list[str]
    audio: list[str]


def decoded(source: str | BytesIO) -> Frames:
    """Everything that can be decoded from a URL or a file's bytes. Raises av.FFmpegError if nothing can."""
    frames = Frames([], [])
    with av.open(source, "r") as container:
        for frame in container.decode(video=0, audio=0):
            if isinstance(frame, av.VideoFrame):
                frames.video.append(_digest(frame))
            elif isinstance(frame, av.AudioFrame):
                frames.audio.append(_digest(frame))
    return frames


def _digest(frame: av.VideoFrame | av.AudioFrame) -> str:
    return hashlib.md5(frame.to_ndarray().tobytes(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """What was broadcast: the frames, and how many pictures each source segment has, by media sequence."""

    frames: Frames
    pictures: Mapping[int, int]


def decoded_source(init: Path, segments: Mapping[int, Path]) -> Source:
    """The frames of fragmented MP4 kept as one file each; `segments` by media sequence, in order."""
    head = init.read_bytes()
    bodies = {sequence: path.read_bytes() for sequence, path in segments.items()}
    pictures = {sequence: _pictures_in(head + body) for sequence, body in bodies.items()}
    return Source(decoded(BytesIO(head + b"".join(bodies.values()))), pictures)


def _pictures_in(segment: bytes) -> int:
    with av.open(BytesIO(segment), "r") as container:
        return sum(1 for packet in container.demux(video=0) if packet.size)
