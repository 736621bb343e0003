"""What FFmpeg writes a file to: an upload, which only goes on, in the shape of a file that can be sought in."""

import os

from mntreamer.ports import REWRITABLE_BYTES, Upload

_CHUNK_BYTES = 8 << 20


class Sink:
    """Passes on what is written at the end, and keeps what has to be rewritten later.

    That is the file's beginning, where MP4 has the size of all media data (ISO/IEC 14496-12, section 8.1.1), and
    what comes from `hold_back` on: MP4's index, whose boxes get their sizes after their contents.
    """

    def __init__(self, upload: Upload) -> None:
        self._upload = upload
        self._beginning = bytearray()
        self._held: bytearray | None = None
        self._passed_on = 0
        self._position = 0

    @property
    def size_bytes(self) -> int:
        return self._passed_on + len(self._held or b"")

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size_bytes}[whence]
        self._position = base + offset
        return self._position

    def write(self, body: bytes) -> int:
        """Raises ValueError for a place that is not kept."""
        at, end = self._position, self._position + len(body)
        if self._held is not None and at >= self._passed_on:
            self._held[at - self._passed_on : end - self._passed_on] = body
        elif at == self._passed_on:
            self._pass_on(bytes(body))
        elif end <= len(self._beginning):
            self._beginning[at:end] = body
        else:
            raise ValueError(f"{at} of {self._passed_on} bytes cannot be written again")
        self._position = end
        return len(body)

    def hold_back(self) -> None:
        """Keep what is written from here on until `finish`."""
        self._held = bytearray()

    def finish(self) -> None:
        """Pass on what was kept."""
        held, self._held = self._held or bytearray(), None
        for begin in range(0, len(held), _CHUNK_BYTES):
            self._pass_on(bytes(held[begin : begin + _CHUNK_BYTES]))
        self._upload.rewrite_beginning(bytes(self._beginning))

    def _pass_on(self, body: bytes) -> None:
        self._upload.write(body)
        self._beginning += body[: max(0, REWRITABLE_BYTES - self._passed_on)]
        self._passed_on += len(body)
