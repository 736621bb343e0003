"""A media host in a process of its own: any number of channels in real time, from memory, over TLS."""

import asyncio
import signal
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.recorder.broadcast import WINDOW, Broadcast
from benchmarks.recorder.certificate import HOST, write_certificate, write_trusted
from benchmarks.recorder.media import SEGMENT_S, Media, load_media

_HEAD_ENDS = b"\r\n\r\n"
_ENDS_WITHIN_S = 5.0
Reply = tuple[int, str, tuple[bytes | memoryview, ...]]


@dataclass(frozen=True, slots=True)
class Origin:
    """The running host as a benchmark sees it. `trusted` is a file of authorities, of which its own is one."""

    pid: int
    base_url: str
    trusted: Path
    broadcasts: tuple[Broadcast, ...]

    def url(self, channel: int) -> str:
        """The channel's media playlist."""
        return f"{self.base_url}/{channel}/media.m3u8"


@contextmanager
def running_origin(
    media: Path, channels: int, folder: Path, listed: int = WINDOW, window: int = WINDOW
) -> Iterator[Origin]:
    """Serves what lies in `media` on a free port of loopback; `folder` is for its certificate.

    So many segments are `listed` from the start, `window` at the most, and no two channels list one at the same
    moment. The host ends with the block, and with this process however that ends.
    """
    spawning = get_context("spawn")
    ours, theirs = spawning.Pipe()
    broadcasts, files = _broadcasts(channels, listed, window), write_certificate(folder)
    process = spawning.Process(target=_serve, args=(theirs, media, broadcasts, files), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Origin(process.pid or 0, f"https://{HOST}:{ours.recv()}", write_trusted(folder, files[0]), broadcasts)
    finally:
        ours.close()
        process.join(_ENDS_WITHIN_S)
        process.kill()


def _broadcasts(channels: int, listed: int, window: int) -> tuple[Broadcast, ...]:
    begin_s = time.time() - listed * SEGMENT_S
    return tuple(Broadcast(begin_s - number * SEGMENT_S / channels, SEGMENT_S, window) for number in range(channels))


def _serve(pipe: Connection, media: Path, broadcasts: tuple[Broadcast, ...], files: tuple[Path, Path]) -> None:
    """The process. It tells its port, then serves until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the benchmark, which ends the pipe
    asyncio.run(_run(pipe, Replies(load_media(media), broadcasts), files))


async def _run(pipe: Connection, replies: "Replies", files: tuple[Path, Path]) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*files)
    server = await loop.create_server(lambda: _Client(replies), HOST, 0, ssl=tls)
    pipe.send(server.sockets[0].getsockname()[1])
    loop.add_reader(pipe.fileno(), ended.set)
    await ended.wait()


@dataclass(frozen=True, slots=True)
class Replies:
    """What each path is answered with."""

    media: Media
    broadcasts: tuple[Broadcast, ...]

    def to(self, path: str, now_s: float) -> Reply:
        """Status, content type and body. What is not listed yet is not there."""
        channel, _, name = path.strip("/").partition("/")
        broadcast = self.broadcasts[int(channel)]
        if name == "media.m3u8":
            return 200, "application/vnd.apple.mpegurl", (broadcast.playlist_at(now_s).encode(),)
        if name == "init.mp4":
            return 200, "video/mp4", (self.media.init,)
        sequence = int(name.removesuffix(".m4s"))
        if sequence in broadcast.kept_at(now_s):
            return 200, "video/mp4", self.media.segment(sequence)
        return 404, "text/plain", ()


class _Client(asyncio.Protocol):
    """One connection (RFC 9112): requests without a body, one after the other."""

    _transport: asyncio.Transport

    def __init__(self, replies: Replies) -> None:
        self._replies = replies
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # what a TLS server makes
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while _HEAD_ENDS in self._received:
            head, _, self._received = self._received.partition(_HEAD_ENDS)
            self._answer(head.split(maxsplit=2)[1].decode())

    def _answer(self, path: str) -> None:
        status, content_type, body = self._replies.to(path, time.time())
        length = sum(map(len, body))
        head = f"HTTP/1.1 {status} -\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
        self._transport.writelines([head.encode(), *body])
