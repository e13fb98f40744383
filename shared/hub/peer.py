"""Who is at the other end of a request: its address, and whether others can listen in between."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from starlette.types import Scope


def address_of(scope: Scope) -> str:
    """The caller's network address, as a proxy that the hub trusts has it; empty when there is none."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def source_of(scope: Scope) -> str:
    """Whom limits count: the address, or the network of 64 bits that an IPv6 host may pick any address of."""
    return _source(address_of(scope))


@lru_cache(maxsize=4096)
def _source(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address) or known.ipv4_mapped is not None or is_loopback(address):
        return address
    return f"{IPv6Address(int(known) >> 64 << 64)}/64"


def is_loopback(host: str) -> bool:
    """Whether it is this machine itself."""
    return host.startswith(("127.", "::ffff:127.")) or host == "::1"


def is_private(scope: Scope) -> bool:
    """Whether nobody reads along: TLS, or the caller is on this machine."""
    return scope["scheme"] == "https" or is_loopback(address_of(scope))
