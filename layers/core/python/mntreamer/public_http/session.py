"""A session that talks to public addresses only, without proxies, cookies and second tries."""

import logging
from http.cookiejar import DefaultCookiePolicy

import requests

from mntreamer.public_http.adapters import NoAdapter, PublicAdapter

TIMEOUTS_S = (5.0, 10.0)
MAX_REDIRECTS = 5


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
    web = PublicAdapter(frozenset(host.lower() for host in allowed_hosts), timeouts_s)
    session.mount("http://", web)
    session.mount("https://", web)
    session.mount("", NoAdapter())
    return session
