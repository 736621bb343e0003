"""Splits what FFmpeg's mp4 muxer writes into an initialisation section and its fragments (ISO/IEC 14496-12)."""

from collections.abc import Callable, Iterator

_HEADER_BYTES = 8


class FragmentSplitter:
    """The file that the muxer writes to. Hands on `ftyp` + `moov` once, then each `moof` + `mdat`."""

    def __init__(self, on_init: Callable[[bytes], object], on_fragment: Callable[[bytes], object]) -> None:
        self._on = {"moov": on_init, "mdat": on_fragment}
        self._unread = bytearray()
        self._boxes = bytearray()

    def write(self, piece: bytes) -> int:
        """Raises ValueError for what is not a box."""
        self._unread += piece
        for kind, box in _taken_boxes(self._unread):
            self._boxes += box
            if kind in self._on:
                self._on[kind](bytes(self._boxes))
                self._boxes.clear()
        return len(piece)


def _taken_boxes(unread: bytearray) -> Iterator[tuple[str, bytes]]:
    while len(unread) >= _HEADER_BYTES:
        size_bytes = int.from_bytes(unread[:4], "big")
        if size_bytes < _HEADER_BYTES:
            raise ValueError(f"a box of {size_bytes} bytes: only boxes with a 32-bit size are written here")
        if len(unread) < size_bytes:
            return
        box = bytes(unread[:size_bytes])
        del unread[:size_bytes]
        yield box[4:8].decode("latin-1"), box
