"""A port on loopback that can refuse connections for a while, and drop those that it has."""

import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread

_BACKLOG = 64
_RESET_AT_CLOSE = struct.pack("ii", 1, 0)


class LoopbackPort:
    """Gives each connection to `serve`, in a thread of its own."""

    def __init__(self, serve: Callable[[socket.socket], object]) -> None:
        self._serve = serve
        # Bound and never listening, so that the port stays ours while nobody answers there.
        self._claim = _bound(0)
        self.number: int = self._claim.getsockname()[1]
        self._lock = Lock()
        self._listener: socket.socket | None = None
        self._connections: set[socket.socket] = set()

    def open(self) -> None:
        """Accept connections from now on."""
        with self._lock:
            if self._listener is None:
                self._listener = _bound(self.number)
                self._listener.listen(_BACKLOG)
                Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def close(self) -> None:
        """Refuse connections from now on, and end those that there are."""
        with self._lock:
            if self._listener:
                _end(self._listener)
                self._listener.close()
                self._listener = None
            for connection in self._connections:
                _end(connection)

    def release(self) -> None:
        """Close, and give the port back."""
        self.close()
        self._claim.close()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):  # the listener was closed
            while True:
                connection, _ = listener.accept()
                Thread(target=self._attend, args=(connection,), daemon=True).start()

    def _attend(self, connection: socket.socket) -> None:
        with connection:
            with self._lock:
                self._connections.add(connection)
            try:
                with suppress(OSError):  # the client, or this port, hung up
                    self._serve(connection)
            finally:
                with self._lock:
                    self._connections.discard(connection)


def reset(connection: socket.socket) -> None:
    """Have the connection's end be a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_CLOSE)


def _bound(number: int) -> socket.socket:
    port = socket.socket()
    port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    port.bind(("127.0.0.1", number))
    return port


def _end(peer: socket.socket) -> None:
    with suppress(OSError):  # it has ended by itself
        peer.shutdown(socket.SHUT_RDWR)
