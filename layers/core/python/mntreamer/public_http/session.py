"""A session that talks to public addresses only, without proxies, cookies and second tries."""

import logging
import ssl
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Never

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util.ssl_ import create_urllib3_context

from mntreamer.domain.errors import ForbiddenAddress
from mntreamer.public_http.connections import PublicPools

TIMEOUTS_S = (5.0, 10.0)
MAX_REDIRECTS = 5
POOLED_HOSTS = 32
POOLED_CONNECTIONS_PER_HOST = 128
# Everything that a request through the session can raise: not all that urllib3 raises is wrapped by requests, and
# what a redirect or a playlist leads to need not even be a URL. Their texts may hold the whole URL.
UNFETCHABLE: tuple[type[Exception], ...] = (requests.RequestException, HTTPError, ValueError, ForbiddenAddress)


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


class _PublicAdapter(HTTPAdapter):
    """Never retries: whoever asks knows better whether it is still worth it."""

    def __init__(self, allowed_hosts: frozenset[str], timeouts_s: tuple[float, float]) -> None:
        self._allowed_hosts = allowed_hosts
        self._timeouts_s = timeouts_s
        super().__init__(POOLED_HOSTS, POOLED_CONNECTIONS_PER_HOST, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, *_: Any, **options: Any) -> None:
        self.poolmanager = PublicPools(
            self._allowed_hosts, num_pools=connections, maxsize=maxsize, ssl_context=_trust(), **options
        )

    def cert_verify(self, *_: Any) -> None:
        """Nothing is left to do: the pools know whom to trust."""

    def send(self, request: requests.PreparedRequest, *_: Any, **options: Any) -> requests.Response:
        timeout = options.pop("timeout", None) or self._timeouts_s
        response = super().send(request, **options | {"timeout": timeout, "proxies": None})
        if response.is_redirect:
            response.raw.close()  # requests would read its body before it goes on, however long that is
        return response


@cache
def _trust() -> ssl.SSLContext:
    """Verifies certificates and host names. One for all: requests has each connection read all authorities anew.

    That costs 20 to 40 ms of CPU and 0.75 MB for each connection.
    """
    context = create_urllib3_context()
    context.load_verify_locations(requests.adapters.DEFAULT_CA_BUNDLE_PATH)
    return context


class _NoAdapter(BaseAdapter):
    """For every other scheme, wherever a redirect or a playlist may lead."""

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> Never:
        scheme = (request.url or "").partition(":")[0]
        raise ForbiddenAddress(f"{scheme}: is not opened, only http and https are")

    def close(self) -> None:
        """There is nothing to close."""
