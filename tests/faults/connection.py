"""One client's connection: HTTP/1.1 as it should be, and as it should not."""

import socket
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import Protocol
from urllib.parse import urlsplit

from tests.faults.answers import Answer, Then
from tests.faults.loopback import reset


class Answering(Protocol):
    """Who knows what to answer. Whoever waits does so until `stopping`."""

    @property
    def stopping(self) -> Event: ...

    def answer(self, path: str) -> Answer: ...

    def served(self, answer: Answer) -> None:
        """All of it has been sent."""


def serve(connection: socket.socket, answering: Answering) -> None:
    """Answer until the client, or an answer, ends the connection. Raises OSError where that is not civil."""
    _Connection(connection, answering)


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet for each answer, or TCP would wait for an acknowledgement in between

    def __init__(self, connection: socket.socket, answering: Answering) -> None:
        self._answering = answering
        super().__init__(connection, connection.getpeername(), None)  # type: ignore[arg-type] # it needs no server

    def do_GET(self) -> None:
        answer = self._answering.answer(urlsplit(self.path).path)
        if not answer.is_silent:
            self._send(answer)
        if answer.then is Then.WAIT:
            self._answering.stopping.wait()
        elif answer.then is Then.RESET:
            reset(self.connection)
        elif answer.then is Then.KEEP:
            self._answering.served(answer)
        self.close_connection |= answer.then is not Then.KEEP

    def log_message(self, *_: object) -> None:
        """The client says what matters."""

    def _send(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        self.send_header("Content-Type", answer.content_type)
        if answer.content_encoding:
            self.send_header("Content-Encoding", answer.content_encoding)
        if answer.is_announced:
            self.send_header("Content-Length", str(len(answer.body)))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body[: answer.sent_bytes])
        self.wfile.flush()
