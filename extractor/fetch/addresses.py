"""Which addresses of the network may be connected to: public ones only, unless the user allows the others.

A name is looked up once, all its addresses are checked, and the connection goes to one of those: a name server that
answers differently a moment later gains nothing.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from extractor.errors import FetchError

# RFC 6052: an IPv4 address behind a translator, as every host has it in a network with IPv6 only.
TRANSLATED = IPv6Network("64:ff9b::/96")
# RFC 8215: the same for use within one network.
TRANSLATED_LOCALLY = IPv6Network("64:ff9b:1::/48")


def is_public(address: str) -> bool:
    """Say whether an IP address belongs to the public network; one that carries another is judged by that.

    >>> [is_public(a) for a in ("93.184.216.34", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "224.0.0.1")]
    [True, False, False, False, False]
    """
    found = _carried(ip_address(address))
    return found.is_global and not (
        found.is_multicast
        or found.is_reserved
        or found.is_unspecified
        or found.is_loopback
        or found.is_link_local
        or (isinstance(found, IPv6Address) and (found.is_site_local or found in TRANSLATED_LOCALLY))
    )


def _carried(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Take the IPv4 address out of an IPv6 address that leads to it."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """Look a name up and return its addresses in the order to try; a `FetchError` when any of them is not public.

    Raises `OSError` when the name has no address.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except UnicodeError as error:
        msg = f"{host}: is no name of a host: {error}. Check the address."
        raise FetchError(msg) from error
    addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
    private = [address for address in addresses if not is_public(address)]
    if private and not allow_private:
        msg = (
            f"{host}: leads to {private[0]}, which is not a public address but this machine's, your network's or a "
            "reserved one. If you mean it, allow it with --allow-private."
        )
        raise FetchError(msg)
    return addresses
