"""The one door to the internet: a session that talks to public addresses only, and whole answers that it brings."""

import logging
import socket
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Lock, Timer
from typing import Any, Never, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from mntreamer.domain.errors import ForbiddenAddress, NotFetched

TIMEOUTS_S = (5.0, 10.0)
MAX_REDIRECTS = 5
POOLED_HOSTS = 32
POOLED_CONNECTIONS_PER_HOST = 128
# Everything that a request through the session can raise: not all that urllib3 raises is wrapped by requests, and
# what a redirect or a playlist leads to need not even be a URL. Their texts may hold the whole URL.
UNFETCHABLE: tuple[type[Exception], ...] = (requests.RequestException, HTTPError, ValueError, ForbiddenAddress)

_CHUNK_BYTES = 1 << 16

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


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """An answer of any status with all of its body, decoded; `url` is where the redirects ended."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str = field(repr=False)


def get_whole(
    session: requests.Session, url: str, headers: Mapping[str, str], *, max_bytes: int, within_s: float
) -> WholeAnswer:
    """What a GET of the URL brings through a `public_session`.

    Raises NotFetched where nothing comes, where less comes than `Content-Length` announced (RFC 9112, section 8) or
    more than `max_bytes`, and where it is not all here after `within_s`, redirects included. Only the making of a
    connection is not cut short by that: it has the session's own time-out.
    """
    try:
        with _Deadline(within_s) as deadline, session.get(url, headers=dict(headers), stream=True) as response:
            body = _body(response, max_bytes)
            deadline.check()
    except ForbiddenAddress as error:
        raise NotFetched(str(error)) from None
    except UNFETCHABLE as error:
        why = f"not within {within_s:g} s" if deadline.is_over else type(error).__name__
        raise NotFetched(f"{_host(url)} did not answer: {why}") from None
    return WholeAnswer(response.status_code, response.headers, body, response.url)


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


def _body(response: requests.Response, max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(_CHUNK_BYTES):
        body += chunk
        if len(body) > max_bytes:
            raise NotFetched(f"{_host(response.url)} answered more than {max_bytes} bytes")
    return bytes(body)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "a URL without a host"
    except ValueError:
        return "what is no URL"


_DEADLINE: ContextVar["_Deadline | None"] = ContextVar("_DEADLINE", default=None)


class _Deadline:
    """Hangs up on whatever its thread reads from once its time is over.

    A time-out for each read is not enough: a peer that sends a byte now and then would hold us for ever.
    """

    def __init__(self, within_s: float) -> None:
        self.is_over = False
        self._timer = Timer(within_s, self._expire)
        self._timer.daemon = True
        self._lock = Lock()
        self._peer: socket.socket | None = None

    def __enter__(self) -> Self:
        self._outer = _DEADLINE.set(self)
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        _DEADLINE.reset(self._outer)

    def watch(self, peer: socket.socket) -> None:
        """The answer is read from this one from now on."""
        with self._lock:
            self._peer = peer
        if self.is_over:
            self._hang_up()

    def check(self) -> None:
        """A body without a length ends with the connection, whoever ended that."""
        if self.is_over:
            raise requests.Timeout

    def _expire(self) -> None:
        self.is_over = True
        self._hang_up()

    def _hang_up(self) -> None:
        with self._lock, suppress(OSError):  # the peer may have hung up before
            if self._peer:
                # Not TLS's own, which would tear down a layer that another thread is reading from.
                socket.socket.shutdown(self._peer, socket.SHUT_RDWR)


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
        deadline = _DEADLINE.get()
        if deadline and self.sock:
            deadline.watch(self.sock)
        return super().getresponse()

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
        response = super().send(request, **options | {"timeout": timeout, "proxies": None})
        if response.is_redirect:
            response.raw.close()  # requests would read its body before it goes on, however long that is
        return response


class _NoAdapter(BaseAdapter):
    """For every other scheme, wherever a redirect or a playlist may lead."""

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> Never:
        scheme = (request.url or "").partition(":")[0]
        raise ForbiddenAddress(f"{scheme}: is not opened, only http and https are")

    def close(self) -> None:
        """There is nothing to close."""
