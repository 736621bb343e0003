"""Media told apart by what is in them: the MD5 of every decoded picture and of every packet of sound."""

from dataclasses import dataclass
from hashlib import md5
from io import BytesIO

import av

_ADTS_HEADER_BYTES = 7
_ADTS_SYNC = 0xFFF0


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """In the order in which they are presented. `sound` is AAC without a container's own headers."""

    pictures: tuple[str, ...]
    sound: tuple[str, ...]


def fingerprints_of(body: bytes | str) -> Fingerprints:
    """What can be decoded of bytes that stand alone, or of a URL. Raises av.FFmpegError for what is no media."""
    with av.open(_opened(body), "r") as media:
        pictures = tuple(_of_picture(frame) for frame in media.decode(video=0))
    with av.open(_opened(body), "r") as media:
        sound = tuple(_of_sound(bytes(packet)) for packet in media.demux(audio=0) if packet.size)
    return Fingerprints(pictures, sound)


def _opened(body: bytes | str) -> BytesIO | str:
    return body if isinstance(body, str) else BytesIO(body)


def _of_picture(frame: av.VideoFrame) -> str:
    return _digest(frame.to_ndarray().tobytes())


def _of_sound(packet: bytes) -> str:
    has_header = int.from_bytes(packet[:2]) & _ADTS_SYNC == _ADTS_SYNC
    return _digest(packet[_ADTS_HEADER_BYTES:] if has_header else packet)


def _digest(content: bytes) -> str:
    return md5(content, usedforsecurity=False).hexdigest()
