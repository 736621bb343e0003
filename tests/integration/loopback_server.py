"""A real HTTP server on loopback that answers what a test lays down for each path."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from threading import Barrier, Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Reply:
    """`after` holds the answer back until that many requests wait for theirs together.

    With `raw`, the body is all that is sent, its own status line and headers included; then the connection is closed,
    or with `drips` goes on with a byte now and then, or with `stays` is left open and silent.
    """

    body: bytes = b"{}"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    after: Barrier | None = None
    raw: bool = False
    drips: bool = False
    stays: bool = False


HANG_UP = Reply(status=0)  # close the connection instead of an answer
SILENCE = Reply(status=-1)  # no answer as long as the server runs


@dataclass(frozen=True)
class Seen:
    """A request as it came in."""

    path: str
    query: dict[str, list[str]]
    headers: Message
    body: bytes = b""


class LoopbackServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies: dict[str, Reply] = {}
        self.seen: list[Seen] = []
        self.connections = 0
        self.stopping = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def reply_to(self, path: str) -> Reply:
        return self.replies.get(path, Reply(b"nothing is here", 404))

    def paths_seen(self) -> list[str]:
        return [request.path for request in self.seen]

    def get_request(self) -> tuple[socket, Any]:
        self.connections += 1
        return super().get_request()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet for each answer, or TCP would wait for an acknowledgement in between
    server: LoopbackServer

    def do_POST(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append(Seen(url.path, parse_qs(url.query), self.headers, body))
        reply = self.server.reply_to(url.path)
        if reply.after:
            reply.after.wait(timeout=30)
        if reply is SILENCE:
            self.server.stopping.wait(timeout=30)
        if reply in (SILENCE, HANG_UP):
            self.close_connection = True
        elif reply.raw:
            self._send_raw(reply)
        else:
            self._answer(reply)

    def _send_raw(self, reply: Reply) -> None:
        self.close_connection = True
        with suppress(ConnectionError):  # the client has heard enough
            self.connection.sendall(reply.body)
            while reply.drips and not self.server.stopping.wait(timeout=0.01):
                self.connection.sendall(b"x")
        if reply.stays:
            self.server.stopping.wait(timeout=30)

    def _answer(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)


@contextmanager
def loopback_server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as server:
        serving = Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        try:
            yield server
        finally:
            server.stopping.set()
            server.shutdown()
            serving.join()
