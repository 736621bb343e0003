import os
from dataclasses import dataclass, field

import pytest

from mntreamer.exporter.sink import Sink
from mntreamer.ports import REWRITABLE_BYTES


@dataclass
class Uploaded:
    """An upload that keeps what it got."""

    body: bytearray = field(default_factory=bytearray)

    def write(self, body: bytes) -> None:
        self.body += body

    def rewrite_beginning(self, body: bytes) -> None:
        assert len(body) <= REWRITABLE_BYTES
        self.body[: len(body)] = body


@pytest.fixture
def uploaded() -> Uploaded:
    return Uploaded()


@pytest.fixture
def sink(uploaded: Uploaded) -> Sink:
    return Sink(uploaded)


def test_what_is_written_is_passed_on_at_once(sink: Sink, uploaded: Uploaded) -> None:
    for number in range(200):
        sink.write(bytes([number]) * 1000)
        assert len(uploaded.body) == sink.tell() == sink.size_bytes == 1000 * (number + 1)


def test_the_beginning_is_rewritten(sink: Sink, uploaded: Uploaded) -> None:
    sink.write(b"size" + bytes(REWRITABLE_BYTES))
    sink.seek(0)
    sink.write(b"4711")
    sink.seek(0, os.SEEK_END)
    sink.write(b"end")
    sink.finish()
    assert bytes(uploaded.body) == b"4711" + bytes(REWRITABLE_BYTES) + b"end"


def test_what_is_held_back_can_be_rewritten_anywhere(sink: Sink, uploaded: Uploaded) -> None:
    sink.write(bytes(REWRITABLE_BYTES))
    sink.hold_back()
    sink.write(b"....moov....trak")
    sink.seek(-16, os.SEEK_END)
    sink.write(b"0016")
    sink.seek(4, os.SEEK_CUR)
    sink.write(b"0008")
    sink.seek(REWRITABLE_BYTES + 16)
    sink.write(b"!")
    assert len(uploaded.body) == REWRITABLE_BYTES
    assert sink.size_bytes == REWRITABLE_BYTES + 17
    sink.finish()
    assert bytes(uploaded.body[REWRITABLE_BYTES:]) == b"0016moov0008trak!"


def test_what_is_gone_already_cannot_be_rewritten(sink: Sink) -> None:
    sink.write(bytes(2 * REWRITABLE_BYTES))
    sink.seek(REWRITABLE_BYTES - 2)
    with pytest.raises(ValueError, match="cannot be written again"):
        sink.write(b"four")
