"""Connections that look at their peer before they speak to it, and that a deadline can end."""

import socket
from contextlib import ExitStack
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from mntreamer.domain.errors import ForbiddenAddress
from mntreamer.public_http.deadline import Deadline
from mntreamer.public_http.peers import is_public


class _PublicConnection(HTTPConnection):
    """Checks the peer between TCP's handshake and the first byte of TLS or HTTP."""

    def __init__(self, *args: Any, any_peer: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self._any_peer = any_peer

    def _new_conn(self) -> socket.socket:
        with ExitStack() as undo:
            connected = super()._new_conn()
            undo.callback(connected.close)
            self._check(connected.getpeername()[0])
            undo.pop_all()
        return connected

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3's own type
        deadline = Deadline.of_this_request()
        if deadline and self.sock:
            deadline.hold_to(self.sock)
        return super().getresponse()

    def _check(self, peer: str) -> None:
        if not self._any_peer and not is_public(peer):
            raise ForbiddenAddress(
                f"{self.host} is at {peer}, which is not a public address; MNTREAMER_ALLOWED_HOSTS does not name it"
            )


class _PublicTlsConnection(_PublicConnection, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    def _put_conn(self, conn: Any) -> None:
        """Whoever takes the connection next is no business of this request's deadline."""
        deadline = Deadline.of_this_request()
        if deadline:
            deadline.let_go()
        super()._put_conn(conn)


class _PublicPool(_Pool):
    ConnectionCls = _PublicConnection


class _PublicTlsPool(_Pool, HTTPSConnectionPool):
    ConnectionCls = _PublicTlsConnection


class PublicPools(PoolManager):
    """Tells each pool's connections whether their host may have any address."""

    def __init__(self, allowed_hosts: frozenset[str], **options: Any) -> None:
        super().__init__(**options)
        self.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicTlsPool}
        self._allowed_hosts = allowed_hosts

    def _new_pool(
        self, scheme: str, host: str, port: int, request_context: dict[str, Any] | None = None
    ) -> HTTPConnectionPool:
        options = self.connection_pool_kw if request_context is None else request_context
        any_peer = host.lower() in self._allowed_hosts
        return super()._new_pool(scheme, host, port, options | {"any_peer": any_peer})
