"""The wrong tokens that came to this process, by the address that they came from."""

import hashlib
import hmac
import threading
from collections import OrderedDict
from datetime import datetime
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Any

from mntreamer.domain.errors import AccessDenied, TooManyGuesses
from mntreamer.domain.guessing import Guesses, wait_of, with_wrong

_MOST_ADDRESSES = 10_000
# Whoever has one address of such a network has all of them (RFC 4291, 2.5.4).
_HOST_BITS = 64


class WrongTokens:
    """Compares tokens, for several threads; an address that sends many wrong ones has to wait for it.

    Others do not wait with it, and neither do sessions: nobody keeps the owner out from elsewhere.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: OrderedDict[str, Guesses] = OrderedDict()

    def compare(self, given: str, token: str, address: str, now: datetime) -> None:
        """Raise AccessDenied for another token, in constant time, or TooManyGuesses without looking at it."""
        source, said = _source(address), given.encode(errors="surrogatepass")
        with self._lock:
            known = self._of.get(source)
            if wait_s := ceil(wait_of(known, now).total_seconds()):
                raise TooManyGuesses(f"too many wrong tokens came from this address; wait {wait_s} s", wait_s)
            if hmac.compare_digest(said, token.encode()):
                return
            self._of[source] = with_wrong(known, hashlib.sha256(said).digest(), now)
            self._of.move_to_end(source)
            if len(self._of) > _MOST_ADDRESSES:
                self._of.popitem(last=False)
        raise AccessDenied("this is not the token; the README says where to find it")


def address_of(event: dict[str, Any]) -> str:
    """Where the request came from, as API Gateway saw it, or the one-machine server."""
    address: str = event["requestContext"]["http"]["sourceIp"]
    return address


def _source(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address) and not known.ipv4_mapped:
        return str(int(known) >> _HOST_BITS)
    return str(known)
