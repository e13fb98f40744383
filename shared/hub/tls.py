"""The hub's certificates: one of the hall's own authority, renewed in time; a public one where there is one.

Which is shown follows the name that a client asks for (SNI): devices ask for the one name of all hubs.
"""

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography import x509

from shared.hub.advertise import own_addresses
from shared.store.authority import CERTIFICATE_LIFE, Authority, create_authority, load_authority
from shared.store.house import House

log = logging.getLogger(__name__)

_RENEWED = timedelta(days=30)
"""Before its end."""
_LOOK_SECONDS = 600.0
_LOOPBACK = ("127.0.0.1", "::1")


class CertificateError(RuntimeError):
    """The public certificate cannot be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class PublicFiles:
    """A certificate chain that phones trust by themselves, and its key (PEM files)."""

    chain: Path
    key: Path


def authority_of(house: House) -> Authority:
    """The hall's authority; halls that were made before there were any get theirs now."""
    if not house.authority.exists():
        create_authority(house.authority)
        log.info("made the hall's own authority: %s", house.authority)
    return load_authority(house.authority)


class Certificates:
    """Keeps the context of the hub's connections up to date. Raises CertificateError when made."""

    def __init__(
        self,
        house: House,
        host: str,
        public: PublicFiles | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.authority = authority_of(house)
        self.context = _context()
        self._folder = house.folder
        self._host = host
        self._public = None if public is None else Public(public)
        self._now = now
        self._issued: datetime | None = None
        self._addresses: list[str] = []
        self.look()
        if self._public is not None:
            self.context.sni_callback = self._public.choose

    def look(self) -> None:
        """Renew what is old, what a clock that was wrong has dated, and what lacks a new address of ours."""
        now, addresses = self._now(), self._own()
        is_good = (
            self._issued is not None and self._issued <= now < self._issued + CERTIFICATE_LIFE - _RENEWED
        )
        if not is_good or addresses != self._addresses:
            self._load(self.authority.issue(_names(), addresses, now))
            self._issued, self._addresses = now, addresses
        if self._public is not None:
            self._public.look()

    def _own(self) -> list[str]:
        found = own_addresses() if self._host in ("0.0.0.0", "::", "") else [self._host]
        return [*_LOOPBACK, *sorted(set(found) - set(_LOOPBACK))]

    def _load(self, pem: bytes) -> None:
        """Python's ssl reads files only; this one is gone before anybody else can have read it."""
        with NamedTemporaryFile(
            dir=self._folder, prefix="hub-", suffix=".pem"
        ) as file:  # made with mode 0600
            file.write(pem)
            file.flush()
            self.context.load_cert_chain(file.name)


class Public:
    """The public certificate, read anew when its files change. Raises CertificateError when first read."""

    def __init__(self, files: PublicFiles) -> None:
        self._files = files
        self._context = _context()
        self._names: frozenset[str] = frozenset()
        self._read_at = 0.0
        try:
            self._read()
        except (OSError, ValueError, ssl.SSLError) as error:
            raise CertificateError(f"{files.chain} with {files.key} cannot be used: {error}") from error

    def look(self) -> None:
        """A renewed one that cannot be read is told, and the last good one stays."""
        try:
            if self._files.chain.stat().st_mtime != self._read_at:
                self._read()
        except (OSError, ValueError, ssl.SSLError):
            log.exception("the public certificate cannot be read anew")

    def choose(self, connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        """Show it to those who ask for one of its names."""
        if name is not None and (name in self._names or f"*.{name.partition('.')[2]}" in self._names):
            connection.context = self._context

    def _read(self) -> None:
        changed, leaf = (
            self._files.chain.stat().st_mtime,
            x509.load_pem_x509_certificates(self._files.chain.read_bytes())[0],
        )
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        fresh = _context()
        fresh.load_cert_chain(self._files.chain, self._files.key)
        self._names = frozenset(name.lower() for name in names.get_values_for_type(x509.DNSName))
        self._context, self._read_at = fresh, changed


async def run_renewal(certificates: Certificates) -> None:
    """Look after the certificates until cancelled."""
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        try:
            certificates.look()
        except OSError:
            log.exception("the hub's certificate could not be renewed")


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _names() -> list[str]:
    """What people on the LAN may call this machine."""
    host = socket.gethostname().partition(".")[0]
    return ["localhost", f"{host}.local", f"{host}-hall.local"]
