"""Whether a page of our own made the browser send a request: what keeps other pages from using its session.

SameSite cookies alone do not: another port of this machine, and another name of this domain, is the same site
(RFC 6265bis, 5.2).
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from mntreamer.domain.errors import NotSameOrigin

# They change nothing (RFC 9110, 9.2.1), and no other origin's page can read what they are answered.
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def require_same_origin(method: str, headers: Mapping[str, str]) -> None:
    """Raise NotSameOrigin for a request that changes something and that the browser does not say is our own page's.

    `headers`: names in lower case. Sec-Fetch-Site is believed first; browsers leave it out over plain HTTP, where
    Origin has to name our Host. Its scheme is not compared: behind a proxy that speaks TLS we do not know ours.
    """
    if method in _SAFE:
        return
    site = headers.get("sec-fetch-site")
    if (site == "same-origin") if site else _names_our_host(headers):
        return
    raise NotSameOrigin("a session counts for requests of this server's own pages; programs send the token instead")


def _names_our_host(headers: Mapping[str, str]) -> bool:
    try:
        origin = urlsplit(headers.get("origin", "")).netloc
    except ValueError:
        return False
    return bool(origin) and origin == headers.get("host")
