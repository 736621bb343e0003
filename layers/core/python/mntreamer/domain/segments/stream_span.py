"""How far an MPEG transport stream reaches by its presentation times (ISO/IEC 13818-1, sections 2.4.3.2, 2.4.3.6)."""

from collections.abc import Iterator

_PACKET_BYTES = 188
_HEADER_BYTES = 4
_BEGINS_PES = 0x40
_HAS_ADAPTATION_FIELD = 0x20
_PES_PREFIX = b"\x00\x00\x01"
_HAS_PTS = 0x80
_PTS_AT = 9
_PTS_BYTES = 5
_CLOCK_HZ = 90_000
_WRAP = 1 << 33


def span_s(stream: bytes) -> float:
    """From the earliest to the latest presentation time of the track that reaches farthest; 0.0 if none has two."""
    spans: dict[int, tuple[int, int, int]] = {}
    for track, pts in _presentation_times(stream):
        origin, low, high = spans.get(track, (pts, 0, 0))
        apart = (pts - origin + _WRAP // 2) % _WRAP - _WRAP // 2
        spans[track] = origin, min(low, apart), max(high, apart)
    return max((high - low for _, low, high in spans.values()), default=0) / _CLOCK_HZ


def _presentation_times(stream: bytes) -> Iterator[tuple[int, int]]:
    """The track's number and the time, in ticks, of each packet of an elementary stream that begins and has one."""
    for at in range(0, len(stream) - _PACKET_BYTES + 1, _PACKET_BYTES):
        if stream[at + 1] & _BEGINS_PES:
            adaptation_bytes = 1 + stream[at + _HEADER_BYTES] if stream[at + 3] & _HAS_ADAPTATION_FIELD else 0
            pes = stream[at + _HEADER_BYTES + adaptation_bytes : at + _PACKET_BYTES]
            if pes.startswith(_PES_PREFIX) and len(pes) >= _PTS_AT + _PTS_BYTES and pes[7] & _HAS_PTS:
                yield int.from_bytes(stream[at + 1 : at + 3]) & 0x1FFF, _pts(pes[_PTS_AT : _PTS_AT + _PTS_BYTES])


def _pts(coded: bytes) -> int:
    """33 bits in three parts, each followed by a marker bit."""
    return (coded[0] >> 1 & 7) << 30 | (int.from_bytes(coded[1:3]) >> 1) << 15 | int.from_bytes(coded[3:5]) >> 1
