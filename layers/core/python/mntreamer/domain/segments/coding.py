"""What a packet says of its own coding, read cheaply: where it changes, it is worth a closer look."""

from collections.abc import Iterator

_SEQUENCE_PARAMETER_SETS = {"h264": (0x1F, 0, 7), "hevc": (0x3F, 1, 33)}
# They come with the first few units of an access unit, before any picture data.
_HEAD_BYTES = 1024
# MPEG-4 profile, sampling rate and channels: what tells one ADTS header from another (ISO/IEC 13818-7, section 6.2).
_ADTS_CODING = (0xFD, 0xC0)


def coding_of(codec: str, packet: memoryview) -> bytes:
    """The sequence parameter sets of H.264 and HEVC (Annex B), the fixed part of an ADTS header; else nothing."""
    if codec in _SEQUENCE_PARAMETER_SETS:
        return b"".join(_parameter_sets(bytes(packet[:_HEAD_BYTES]), *_SEQUENCE_PARAMETER_SETS[codec]))
    if codec == "aac":
        return bytes(byte & mask for byte, mask in zip(packet[2:4], _ADTS_CODING, strict=False))
    return b""


def _parameter_sets(head: bytes, mask: int, shift: int, kind: int) -> Iterator[bytes]:
    for unit in head.split(b"\0\0\1")[1:]:
        if unit and unit[0] >> shift & mask == kind:
            yield unit.rstrip(b"\0")
