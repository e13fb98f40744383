"""Session descriptions of the other end (RFC 8866, candidates of RFC 8839): not to be trusted."""

import ipaddress

from aiortc.exceptions import InvalidAccessError, InvalidStateError

SDP_FAULTS = (
    ValueError, LookupError, TypeError, AttributeError, AssertionError, InvalidAccessError, InvalidStateError,
)  # fmt: skip
"""What aiortc raises on a description that it cannot follow."""


def of_peer(sdp: str, host: str) -> str:
    """The description without candidates that are not `host`'s own: nobody makes us send to a third machine.

    From this machine itself (a loopback address) any local-network address is taken, for media does not go
    over the loopback device.
    """
    kept = [line for line in sdp.splitlines() if not line.startswith("a=candidate:") or _is_of(line, host)]
    return "\r\n".join(kept) + "\r\n"


def _is_of(candidate: str, host: str) -> bool:
    words = candidate.split()
    try:
        address, peer = ipaddress.ip_address(words[4]), ipaddress.ip_address(host)
    except (ValueError, IndexError):
        return False
    return address == peer or (peer.is_loopback and address.is_private)
