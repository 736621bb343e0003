"""A segment that kills whoever remuxes it: whole packets or boxes, which every other reader skips."""

_TS_PACKET_BYTES = 188
_NULL_PACKET = b"\x47\x1f\xff\x10"
_POISON = b"not even FFmpeg survives this"
_BOX_HEADER_BYTES = 8


def poisoned(body: bytes) -> bytes:
    """A segment with poison behind it: in a null packet (ISO/IEC 13818-1, section 2.4.3.3), or in a free box."""
    if body[:1] == _NULL_PACKET[:1]:
        return body + (_NULL_PACKET + _POISON).ljust(_TS_PACKET_BYTES, b"\xff")
    return body + (_BOX_HEADER_BYTES + len(_POISON)).to_bytes(4) + b"free" + _POISON


def is_poisoned(body: bytes) -> bool:
    return _POISON in body
