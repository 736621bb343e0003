"""The one door to the internet: a session that talks to public addresses only."""

import logging
import socket
from contextlib import ExitStack
from http.cookiejar import DefaultCookiePolicy
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Never

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from mntreamer.domain.errors import ForbiddenAddress

TIMEOUTS_S = (5.0, 10.0)
MAX_REDIRECTS = 5
POOLED_HOSTS = 32
POOLED_CONNECTIONS_PER_HOST = 128

# All that IANA has allotted for global unicast. Outside of it lie loopback, local and translated addresses.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052


def public_session(allowed_hosts: frozenset[str], timeouts_s: tuple[float, float] = TIMEOUTS_S) -> requests.Session:
    """A session for http(s) to public addresses, and to `allowed_hosts` (names or addresses as URLs have them).

    Every request, redirects included, raises ForbiddenAddress before a byte is sent to any other peer, and
    otherwise what requests raises, whose texts may hold the whole URL. `timeouts_s`: to connect, and for each read.
    Threads may share the session: nothing in it changes, since it keeps no cookies.
    """
    # urllib3 writes whole URLs, and so their tokens, into records below this level.
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    session = requests.Session()
    # Neither a proxy, which would be the peer that is checked, nor ~/.netrc comes in from the environment.
    session.trust_env = False
    session.max_redirects = MAX_REDIRECTS
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    web = _PublicAdapter(frozenset(host.lower() for host in allowed_hosts), timeouts_s)
    session.mount("http://", web)
    session.mount("https://", web)
    session.mount("", _NoAdapter())
    return session


def is_public(address: str) -> bool:
    """Whether an IP address is reached over the internet, however it is written or carried inside of another."""
    peer = ip_address(address)
    if isinstance(peer, IPv6Address):
        carried = _carried(peer)
        return is_public(str(carried)) if carried else peer.is_global and peer in _GLOBAL_UNICAST
    return peer.is_global and not peer.is_multicast


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that packets to this one end at: IPv4-mapped, 6to4 (RFC 3056) and NAT64 (RFC 6052)."""
    if address in _NAT64:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour


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

    def _check(self, peer: str) -> None:
        if not self._any_peer and not is_public(peer):
            raise ForbiddenAddress(
                f"{self.host} is at {peer}, which is not a public address; MNTREAMER_ALLOWED_HOSTS does not name it"
            )


class _PublicTlsConnection(_PublicConnection, HTTPSConnection):
    pass


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicTlsPool(HTTPSConnectionPool):
    ConnectionCls = _PublicTlsConnection


class _PublicPools(PoolManager):
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


class _PublicAdapter(HTTPAdapter):
    """Never retries: whoever asks knows better whether it is still worth it."""

    def __init__(self, allowed_hosts: frozenset[str], timeouts_s: tuple[float, float]) -> None:
        self._allowed_hosts = allowed_hosts
        self._timeouts_s = timeouts_s
        super().__init__(POOLED_HOSTS, POOLED_CONNECTIONS_PER_HOST, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, *_: Any, **options: Any) -> None:
        self.poolmanager = _PublicPools(self._allowed_hosts, num_pools=connections, maxsize=maxsize, **options)

    def send(self, request: requests.PreparedRequest, *_: Any, **options: Any) -> requests.Response:
        timeout = options.pop("timeout", None) or self._timeouts_s
        return super().send(request, **options | {"timeout": timeout, "proxies": None})


class _NoAdapter(BaseAdapter):
    """For every other scheme, wherever a redirect or a playlist may lead."""

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> Never:
        scheme = (request.url or "").partition(":")[0]
        raise ForbiddenAddress(f"{scheme}: is not opened, only http and https are")

    def close(self) -> None:
        """There is nothing to close."""
