"""Names and addresses of this machine: what to listen on, and whether a request was sent to it."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from mntreamer.domain.errors import BadInput


def address_of(host: str) -> IPv4Address | IPv6Address:
    """The address that a name or an address means, IPv4 first. Raises BadInput if it means none."""
    try:
        found = socket.getaddrinfo(host.removeprefix("[").removesuffix("]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BadInput(f"{host!r} is neither an address nor a name of this machine") from None
    return min((ip_address(str(place[0])) for *_, place in found), key=lambda address: address.version)


def netloc(address: IPv4Address | IPv6Address, port: int) -> str:
    """As in a URL (RFC 3986, 3.2.2): an IPv6 address stands in brackets."""
    return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"  # noqa: PLR2004 -- IPv6


def is_loopback(host: str) -> bool:
    """Whether a request's Host, with or without a port, can only mean this machine, whatever a DNS answers."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
