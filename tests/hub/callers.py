"""Callers from elsewhere than this machine, as a proxy on it tells of them."""

import httpx

from shared.testing import RunningHub

ELSEWHERE = "10.9.8.7"


def outside(hub: RunningHub, address: str = ELSEWHERE, scheme: str = "http") -> httpx.Client:
    """Somebody at `address`, who spoke with the proxy in clear or over TLS."""
    told = {"X-Forwarded-For": address, "X-Forwarded-Proto": scheme}
    return httpx.Client(base_url=hub.url, headers=told, timeout=30)
