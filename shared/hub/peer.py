"""Who is at the other end of a request: its address, and whether others can listen in between."""

from starlette.types import Scope


def address_of(scope: Scope) -> str:
    """The caller's network address, as a proxy that the hub trusts has it; empty when there is none."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def is_loopback(host: str) -> bool:
    """Whether it is this machine itself."""
    return host.startswith(("127.", "::ffff:127.")) or host == "::1"


def is_private(scope: Scope) -> bool:
    """Whether nobody reads along: TLS, or the caller is on this machine."""
    return scope["scheme"] == "https" or is_loopback(address_of(scope))
