"""Whether a fetched body is the media that it should be, by its outermost structure alone.

FFmpeg takes junk and cut fragments inside a bundle without a word, so they have to be found before.
"""

from collections.abc import Iterator

_BOX_HEADER_BYTES = 8
_LARGE_BOX_HEADER_BYTES = 16
_TS_PACKET_BYTES = 188
_TS_SYNC = 0x47
_ADTS_SYNC = 0xFFF0


def fault_in(body: bytes, *, is_fmp4: bool) -> str | None:
    """What is wrong with a segment's body; None for whole MPEG-TS packets, packed audio or whole ISO BMFF boxes.

    `is_fmp4`: the source gave an initialisation section with it (RFC 8216, section 3.3), else it stands alone.
    """
    if not body:
        return "an empty body"
    return _fault_in_fmp4(body) if is_fmp4 else _fault_in_stream(body)


def fault_in_init(body: bytes) -> str | None:
    """What is wrong with an initialisation section (RFC 8216, section 3.3); None for whole boxes with a movie's."""
    kinds = list(_boxes(body))
    return None if b"moov" in kinds and None not in kinds else "an initialisation section that is none"


def _fault_in_fmp4(body: bytes) -> str | None:
    kinds = list(_boxes(body))
    if None in kinds:
        return "a body that ends within a box"
    if b"moof" not in kinds or b"mdat" not in kinds:
        return "a body without a movie fragment"
    return None


def _boxes(body: bytes) -> Iterator[bytes | None]:
    """The types of the outermost boxes (ISO/IEC 14496-12, section 4.2); None for one that is not all there."""
    position = 0
    while position < len(body):
        size = int.from_bytes(body[position : position + 4])
        kind = body[position + 4 : position + 8]
        if size == 1:
            size = int.from_bytes(body[position + _BOX_HEADER_BYTES : position + _LARGE_BOX_HEADER_BYTES])
        if size < _BOX_HEADER_BYTES or position + size > len(body):
            yield None
            return
        yield kind
        position += size


def _fault_in_stream(body: bytes) -> str | None:
    if _is_packed_audio(body):
        return None
    if set(body[::_TS_PACKET_BYTES]) != {_TS_SYNC}:
        return "a body that is not MPEG-TS"
    return "a body that ends within a packet" if len(body) % _TS_PACKET_BYTES else None


def _is_packed_audio(body: bytes) -> bool:
    """An ID3 tag or an ADTS header in front (RFC 8216, section 3.4)."""
    return body.startswith(b"ID3") or int.from_bytes(body[:2]) & _ADTS_SYNC == _ADTS_SYNC
