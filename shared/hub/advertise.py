"""Tells the LAN where the hub is (DNS-SD, RFC 6763); a hint only."""

import ipaddress
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import ifaddr
from zeroconf import IPVersion, ServiceInfo
from zeroconf.asyncio import AsyncZeroconf

from shared import __version__

log = logging.getLogger(__name__)

SERVICE = "_servicehall._tcp.local."


@asynccontextmanager
async def advertised(hall_name: str, port: int, host: str) -> AsyncIterator[None]:
    """Advertise for as long as the block runs. A LAN without multicast is no reason not to serve."""
    addresses = own_addresses() if host in ("0.0.0.0", "::", "") else [host]
    info = ServiceInfo(
        SERVICE,
        f"{_label(hall_name)}.{SERVICE}",
        port=port,
        addresses=[ipaddress.ip_address(address).packed for address in addresses],
        properties={"version": __version__, "path": "/api/v1"},
        server=f"{socket.gethostname().split('.')[0]}-hall.local.",
    )
    zeroconf = AsyncZeroconf(ip_version=IPVersion.V4Only, interfaces=addresses)
    try:
        await zeroconf.async_register_service(info, allow_name_change=True)
    except OSError:
        log.warning("the hub could not be advertised on this network", exc_info=True)
    try:
        yield
    finally:
        await zeroconf.async_unregister_all_services()
        await zeroconf.async_close()


def own_addresses() -> list[str]:
    """This machine's IPv4 addresses on its networks; loopback only when there is no other."""
    found = [
        str(address.ip) for adapter in ifaddr.get_adapters() for address in adapter.ips if address.is_IPv4
    ]
    outside = [address for address in found if not ipaddress.ip_address(address).is_loopback]
    return outside or found or ["127.0.0.1"]


def _label(name: str) -> str:
    """A DNS label is at most 63 bytes of UTF-8 and holds no dot."""
    return name.replace(".", " ").encode()[:60].decode(errors="ignore")
