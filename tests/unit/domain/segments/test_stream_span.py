"""How far a transport stream reaches is told by its presentation times, in whatever order they come."""

import pytest

from mntreamer.domain.segments.stream_span import span_s

VIDEO, SOUND = 256, 257


def _packet(pts_s: float, track: int = VIDEO, *, adaptation: bytes = b"") -> bytes:
    """A transport packet in which a packet of an elementary stream begins."""
    pts = round(pts_s * 90_000) % 2**33
    coded = bytes(
        [
            0x21 | (pts >> 30 & 7) << 1,
            pts >> 22 & 0xFF,
            1 | (pts >> 15 & 0x7F) << 1,
            pts >> 7 & 0xFF,
            1 | (pts & 0x7F) << 1,
        ]
    )
    control = 0x30 if adaptation else 0x10
    field = bytes([len(adaptation)]) + adaptation if adaptation else b""
    pes = b"\x00\x00\x01\xe0\x00\x00\x80\x80\x05" + coded
    return (b"\x47" + (0x4000 | track).to_bytes(2) + bytes([control]) + field + pes).ljust(188, b"\xff")


def _filler() -> bytes:
    return (b"\x47" + VIDEO.to_bytes(2) + b"\x10").ljust(188, b"\xff")


def test_pictures_out_of_order_reach_from_the_earliest_to_the_latest() -> None:
    stream = b"".join(_packet(s) for s in (10.0, 10.08, 10.04, 11.96, 11.92)) + _filler()

    assert span_s(stream) == pytest.approx(1.96)


def test_the_track_that_reaches_farthest_counts() -> None:
    stream = _packet(5.0) + _packet(0.0, SOUND) + _packet(6.0, adaptation=b"\x10" + b"\x00" * 6) + _packet(1.5, SOUND)

    assert span_s(stream) == pytest.approx(1.5)


def test_a_clock_that_wraps_does_not_matter() -> None:
    wrap_s = 2**33 / 90_000

    assert span_s(_packet(wrap_s - 0.5) + _packet(wrap_s + 1.0)) == pytest.approx(1.5)


@pytest.mark.parametrize("stream", [b"", b"\x47\x40", _filler(), _packet(3.0), _packet(3.0)[:150]])
def test_without_two_times_there_is_no_span(stream: bytes) -> None:
    assert span_s(stream) == 0.0
