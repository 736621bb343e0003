"""A CHZZK with any number of channels, in a process of its own, that is never the one to wait for.

It answers each request after the same latency, however many come at once, and counts what it is asked.
"""

import asyncio
import signal
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

from benchmarks.platform_answers import Answers

_HOST = "127.0.0.1"
_BACKLOG = 1024
_HEAD_ENDS = b"\r\n\r\n"
_ENDS_WITHIN_S = 5.0


@dataclass(frozen=True, slots=True)
class Traffic:
    """What came in: requests, and the most connections that were open at once."""

    requests: int
    most_connections: int


@dataclass(frozen=True, slots=True)
class PlatformServer:
    """The running server as a benchmark sees it."""

    base_url: str
    _pipe: Connection

    def traffic(self) -> Traffic:
        """What came in since the last call. Raises EOFError if the server is gone."""
        self._pipe.send("traffic")
        counted: Traffic = self._pipe.recv()
        return counted


@contextmanager
def platform_server(channels: int, latency_s: float, live: Collection[int] = ()) -> Iterator[PlatformServer]:
    """Serves channels 0 to `channels` - 1, of which those in `live` are on air, on a free port of loopback.

    The server ends with the block, and with this process however that ends.
    """
    spawning = get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=_serve, args=(theirs, channels, latency_s, frozenset(live)), daemon=True)
    process.start()
    theirs.close()
    try:
        yield PlatformServer(f"http://{_HOST}:{ours.recv()}", ours)
    finally:
        ours.close()
        process.join(_ENDS_WITHIN_S)
        process.kill()


def _serve(pipe: Connection, channels: int, latency_s: float, live: frozenset[int]) -> None:
    """The process. It tells its port, then answers each word on the pipe with the traffic until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the benchmark, which ends the pipe
    asyncio.run(_Server(Answers(channels, live), latency_s).run(pipe))


class _Server:
    """Counts the connections and requests of all `_Client`s."""

    def __init__(self, answers: Answers, latency_s: float) -> None:
        self.answers = answers
        self.latency_s = latency_s
        self._requests = 0
        self._open = 0
        self._most_open = 0
        self._ended = asyncio.Event()

    async def run(self, pipe: Connection) -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Client(self), _HOST, 0, backlog=_BACKLOG)
        pipe.send(server.sockets[0].getsockname()[1])
        loop.add_reader(pipe.fileno(), self._tell, pipe)
        await self._ended.wait()

    def opened(self) -> None:
        self._open += 1
        self._most_open = max(self._most_open, self._open)

    def closed(self) -> None:
        self._open -= 1

    def asked(self) -> None:
        self._requests += 1

    def _tell(self, pipe: Connection) -> None:
        try:
            pipe.recv()
        except EOFError:
            asyncio.get_running_loop().remove_reader(pipe.fileno())
            self._ended.set()
        else:
            pipe.send(Traffic(self._requests, self._most_open))
            self._requests, self._most_open = 0, self._open


class _Client(asyncio.Protocol):
    """One connection (RFC 9112): requests without a body, one after the other."""

    _transport: asyncio.Transport

    def __init__(self, server: _Server) -> None:
        self._server = server
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # what a TCP server makes
        self._transport = transport
        self._server.opened()

    def connection_lost(self, _: Exception | None) -> None:
        self._server.closed()

    def data_received(self, data: bytes) -> None:
        self._received += data
        while _HEAD_ENDS in self._received:
            head, _, self._received = self._received.partition(_HEAD_ENDS)
            self._server.asked()
            answer = self._server.answers.to(head)
            asyncio.get_running_loop().call_later(self._server.latency_s, self._send, answer)

    def _send(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)
