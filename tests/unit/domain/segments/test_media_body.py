import pytest

from mntreamer.domain.segments.media_body import fault_in


def _box(kind: bytes, size: int = 8) -> bytes:
    return size.to_bytes(4) + kind + bytes(max(0, size - 8))


FRAGMENT = _box(b"styp", 16) + _box(b"moof", 64) + _box(b"mdat", 100)
LARGE = (1).to_bytes(4) + b"mdat" + (24).to_bytes(8) + bytes(8)
PACKETS = (b"\x47" + bytes(187)) * 3


@pytest.mark.parametrize("body", [FRAGMENT, FRAGMENT * 2, _box(b"moof") + LARGE])
def test_whole_fragments_are_media(body: bytes) -> None:
    assert fault_in(body, is_fmp4=True) is None


@pytest.mark.parametrize(
    "body", [b"", FRAGMENT[:-1], FRAGMENT + b"x", _box(b"moof"), b'{"code":500}', b"<html>", bytes(100)]
)
def test_what_is_cut_or_something_else_is_no_fragment(body: bytes) -> None:
    assert fault_in(body, is_fmp4=True)


@pytest.mark.parametrize("body", [PACKETS, b"ID3\x04rest", b"\xff\xf1rest"])
def test_whole_packets_and_packed_audio_are_media(body: bytes) -> None:
    assert fault_in(body, is_fmp4=False) is None


@pytest.mark.parametrize("body", [b"", PACKETS[:-1], PACKETS[1:], b"<html></html>", b'{"code":500}'])
def test_what_is_cut_or_something_else_is_no_stream(body: bytes) -> None:
    assert fault_in(body, is_fmp4=False)
