"""Looks for hubs on the LAN (DNS-SD, RFC 6763). A hint only: anybody may advertise anything."""

import threading
import time
from dataclasses import dataclass

from zeroconf import InterfaceChoice, IPVersion, ServiceBrowser, ServiceInfo, ServiceListener, Zeroconf

SERVICE = "_servicehall._tcp.local."


@dataclass(frozen=True, slots=True)
class FoundHub:
    """A hub that advertises itself; `url` is its address as a client wants it."""

    name: str
    url: str


def discover(
    timeout: float = 3.0, interfaces: InterfaceChoice | list[str] = InterfaceChoice.All
) -> list[FoundHub]:
    """Hubs that answer within `timeout` seconds; returns half a second after the first. May raise OSError."""
    finder = _Finder()
    zeroconf = Zeroconf(interfaces=interfaces, ip_version=IPVersion.V4Only)
    try:
        browser = ServiceBrowser(zeroconf, SERVICE, finder)
        if finder.first.wait(timeout):
            time.sleep(min(0.5, timeout))
        browser.cancel()
    finally:
        zeroconf.close()
    return sorted(finder.hubs.values(), key=lambda hub: (hub.name, hub.url))


def hub_of(info: ServiceInfo) -> FoundHub | None:
    """The hub of a complete answer; None without an address and a port."""
    addresses = info.parsed_addresses(IPVersion.V4Only)
    if not addresses or not info.port:
        return None
    return FoundHub(info.name.removesuffix(f".{SERVICE}"), f"https://{addresses[0]}:{info.port}")


class _Finder(ServiceListener):
    def __init__(self) -> None:
        self.hubs: dict[str, FoundHub] = {}
        self.first = threading.Event()

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        info = zc.get_service_info(type_, name)
        hub = None if info is None else hub_of(info)
        if hub is not None:
            self.hubs[name] = hub
            self.first.set()

    def update_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self.add_service(zc, type_, name)

    def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None:  # noqa: ARG002 - its interface
        self.hubs.pop(name, None)
