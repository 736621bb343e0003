"""What is broadcast: 1080p60 at 8 Mbps in H.264, with AAC, in fragments of two seconds (ISO/IEC 14496-12).

Encoded once and kept in the system's folder for temporary files.
"""

import hashlib
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SEGMENT_S = 2
_LOOPED = 16
# The first has the encoders' run-in, and it takes one more after the last to know where the loop begins again.
_ENCODED_S = (_LOOPED + 2) * SEGMENT_S
_BYTES = 8
_VERSION_BYTES = 4
_ENCODE = (
    *("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=60,noise=alls=12:allf=t"),
    *("-f", "lavfi", "-i", "sine=frequency=440:beep_factor=2:sample_rate=48000", "-t", f"{_ENCODED_S}"),
    *("-c:v", "libx264", "-preset", "superfast", "-pix_fmt", "yuv420p", "-bf", "2", "-g", f"{60 * SEGMENT_S}"),
    *("-keyint_min", f"{60 * SEGMENT_S}", "-sc_threshold", "0", "-b:v", "8M", "-maxrate", "8M", "-bufsize", "8M"),
    *("-x264-params", "nal-hrd=cbr", "-c:a", "aac", "-ac", "2", "-b:a", "128k"),
    *("-f", "hls", "-hls_time", f"{SEGMENT_S}", "-hls_list_size", "0", "-hls_segment_type", "fmp4"),
    *("-hls_fmp4_init_filename", "init.mp4", "-hls_segment_filename", "%d.m4s", "media.m3u8"),
)


@dataclass(frozen=True, slots=True)
class Media:
    """Fragments that are repeated for ever, each time later by `periods`, one a track in its own time scale."""

    init: bytes
    fragments: tuple[bytes, ...]
    periods: tuple[int, ...]

    @property
    def bytes_per_s(self) -> float:
        return sum(map(len, self.fragments)) / (len(self.fragments) * SEGMENT_S)

    def segment(self, sequence: int) -> tuple[bytes, memoryview]:
        """The segment's `moof`, and its `mdat` as it is in memory."""
        times, number = divmod(sequence, len(self.fragments))
        fragment = self.fragments[number]
        end = _size_of_box(fragment)
        return _later(fragment[:end], [times * period for period in self.periods]), memoryview(fragment)[end:]


def load_media(folder: Path) -> Media:
    """What `encode_media` left in the folder."""
    fragments = [_from_moof((folder / f"{number}.m4s").read_bytes()) for number in range(1, _LOOPED + 2)]
    return Media((folder / "init.mp4").read_bytes(), *looped(fragments))


def looped(fragments: Sequence[bytes]) -> tuple[tuple[bytes, ...], tuple[int, ...]]:
    """All but the last, which is where they begin again; and how much later each track is then."""
    first, last = (decode_times(fragments[number]) for number in (0, -1))
    return tuple(fragments[:-1]), tuple(end - begin for begin, end in zip(first, last, strict=True))


def decode_times(fragment: bytes) -> list[int]:
    """Each track's time of decoding, in its own time scale: the `tfdt` boxes, of version 1."""
    return [int.from_bytes(fragment[at : at + _BYTES], "big") for at in _times_at(fragment)]


def encode_media() -> Path:
    """The folder that it lies in; it takes half a minute the first time. Raises CalledProcessError."""
    made_by = hashlib.sha256(" ".join(_ENCODE).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"mntreamer-bench-recorder-{made_by}"
    if not folder.is_dir():
        new = tempfile.mkdtemp(prefix=f"{folder.name}-")
        subprocess.run(_ENCODE, cwd=new, check=True)  # noqa: S603 -- a command of our own
        Path(new).rename(folder)
    return folder


def _from_moof(segment: bytes) -> bytes:
    """Without the index before it, which tells of times, too, and which no live source sends."""
    return segment[segment.index(b"moof") - 4 :]


def _size_of_box(boxes: bytes) -> int:
    return int.from_bytes(boxes[:4], "big")


def _later(moof: bytes, shifts: Sequence[int]) -> bytes:
    moved = bytearray(moof)
    for at, time, shift in zip(_times_at(moof), decode_times(moof), shifts, strict=True):
        moved[at : at + _BYTES] = (time + shift).to_bytes(_BYTES, "big")
    return bytes(moved)


def _times_at(fragment: bytes) -> list[int]:
    found: list[int] = []
    at, end = 0, _size_of_box(fragment)
    while (at := fragment.find(b"tfdt", at, end)) >= 0:
        at += len(b"tfdt") + _VERSION_BYTES
        found.append(at)
    return found
