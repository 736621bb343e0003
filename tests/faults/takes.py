"""What is broadcast: runs of an encoder, cut into segments of two seconds, of which every picture is known."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np

from tests.faults.fingerprints import Fingerprints, fingerprints_of

SEGMENT_S = 2
LONGEST_S = 52
_FRAMES_PER_SECOND = 15
_SAMPLE_RATE = 48_000
_SAMPLES = 1024
_GROUP = str(SEGMENT_S * _FRAMES_PER_SECOND)
# Closed groups of pictures, one a segment, with pictures that wait for later ones.
_X264 = {"preset": "ultrafast", "bf": "2", "g": _GROUP, "keyint_min": _GROUP, "sc_threshold": "0", "threads": "1"}


class Container(StrEnum):
    TS = "TS"
    FMP4 = "fMP4"

    @property
    def suffix(self) -> str:
        return ".ts" if self is Container.TS else ".m4s"


@dataclass(frozen=True)
class Encoding:
    """One run of an encoder. Its timestamps count from `start_s`; what it shows depends on `scene` alone."""

    scene: int
    start_s: int = 0
    width: int = 160
    height: int = 90


@dataclass(frozen=True)
class Piece:
    """A segment of a take."""

    body: bytes
    content: Fingerprints


@dataclass(frozen=True)
class Take:
    """A run of an encoder, packed. `init` is empty for MPEG-TS."""

    init: bytes
    pieces: tuple[Piece, ...]


@cache
def take_of(encoding: Encoding, container: Container) -> Take:
    """Made once for each process."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        _pack(encoding, container, folder)
        inits = [path.read_bytes() for path in folder.glob("init.mp4")]
        bodies = [path.read_bytes() for path in sorted(folder.glob(f"*{container.suffix}"))]
    init = inits[0] if inits else b""
    take = Take(init, tuple(Piece(body, fingerprints_of(init + body)) for body in bodies))
    _check(take)
    return take


def _check(take: Take) -> None:
    pictures = [picture for piece in take.pieces for picture in piece.content.pictures]
    sound = [packet for piece in take.pieces for packet in piece.content.sound]
    if len(take.pieces) != LONGEST_S // SEGMENT_S or len(pictures) != LONGEST_S * _FRAMES_PER_SECOND:
        raise AssertionError(f"a take has {len(take.pieces)} segments with {len(pictures)} pictures")
    if len(set(pictures)) != len(pictures) or len(set(sound)) != len(sound):
        raise AssertionError("two pictures or two packets of sound of one take are the same")


def _pack(encoding: Encoding, container: Container, folder: Path) -> None:
    options = {
        "hls_time": str(SEGMENT_S),
        "hls_list_size": "0",
        "hls_segment_type": "mpegts" if container is Container.TS else "fmp4",
        "hls_segment_filename": str(folder / f"%03d{container.suffix}"),
        "hls_fmp4_init_filename": "init.mp4",
    }
    with av.open(str(folder / "made.m3u8"), "w", format="hls", options=options) as packed:
        picture = packed.add_stream("libx264", rate=_FRAMES_PER_SECOND, options=_X264)
        picture.width, picture.height, picture.pix_fmt = encoding.width, encoding.height, "yuv420p"
        sound = packed.add_stream("aac", rate=_SAMPLE_RATE)
        sound.layout, sound.bit_rate = "mono", 48_000
        samples = 0
        for number in range(LONGEST_S * _FRAMES_PER_SECOND):
            packed.mux(picture.encode(_picture(encoding, number)))
            while samples * _FRAMES_PER_SECOND < (number + 1) * _SAMPLE_RATE:
                packed.mux(sound.encode(_noise(encoding, samples)))
                samples += _SAMPLES
        packed.mux(picture.encode(None))
        packed.mux(sound.encode(None))


def _picture(encoding: Encoding, number: int) -> av.VideoFrame:
    """A pattern that moves: no two pictures are alike, neither in one scene nor in two."""
    width, height = encoding.width, encoding.height
    moving = np.random.default_rng((encoding.scene, 0)).integers(16, 235, (height // 10, width), np.uint8)
    planes = np.full((height * 3 // 2, width), 128, np.uint8)
    planes[:height] = 60
    planes[: len(moving)] = np.roll(moving, number, axis=1)
    planes[height // 2 : height // 2 + 8, :128] = np.repeat(_bits(number), 8) * 200
    frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
    frame.pts, frame.time_base = number + encoding.start_s * _FRAMES_PER_SECOND, Fraction(1, _FRAMES_PER_SECOND)
    return frame


def _bits(number: int) -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
    return np.unpackbits(np.frombuffer(number.to_bytes(2), np.uint8))


def _noise(encoding: Encoding, first: int) -> av.AudioFrame:
    noise = np.random.default_rng((encoding.scene, 1, first)).normal(0, 0.1, (1, _SAMPLES)).astype(np.float32)
    frame = av.AudioFrame.from_ndarray(noise, format="fltp", layout="mono")
    frame.sample_rate, frame.pts = _SAMPLE_RATE, first + encoding.start_s * _SAMPLE_RATE
    return frame
