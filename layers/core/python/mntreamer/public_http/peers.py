"""Which addresses may be spoken to: those that are reached over the internet."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# All that IANA has allotted for global unicast. Outside of it lie loopback, local and translated addresses.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052


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
