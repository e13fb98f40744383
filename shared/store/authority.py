"""The hall's own authority: a key, whose certificate devices pin when they enrol, and the hub's certificates.

Only the key is kept. The authority's certificate is made of it whenever it is wanted: its subject, serial
number and dates are constants, so one that a device keeps verifies what a later one has signed. It is good
for this hall's names and for addresses alone (name constraints, RFC 5280): office computers that trust it
trust it for no site of the internet.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from shared.domain.pin import HUB_NAME, fingerprint_of
from shared.store.durable import whole_file
from shared.store.keys import KeyFileError

CERTIFICATE_LIFE = timedelta(days=90)
_SKEW = timedelta(days=1)
"""By how much an office computer's clock may be behind."""
_DOMAINS = (HUB_NAME.partition(".")[2], "local", "localhost")
_NETWORKS = ("0.0.0.0/0", "::/0")
_SINCE, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)
"""No clock of the day it was made can make it too young or too old."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who vouches for the hub."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """By what people and devices know it: 16 characters."""
        return fingerprint_of(_public_bytes(self.key.public_key()))

    @property
    def pem(self) -> str:
        """Its certificate."""
        return self._certificate().public_bytes(Encoding.PEM).decode("ascii")

    def issue(self, names: Iterable[str], addresses: Iterable[str], now: datetime) -> bytes:
        """A new key and its certificate for a hub (PEM, both), good for CERTIFICATE_LIFE from `now`.

        Names that the authority may not vouch for are left out; HUB_NAME is always there.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        known = dict.fromkeys(name.lower() for name in (HUB_NAME, *names) if _is_ours(name.lower()))
        found: list[x509.GeneralName] = [x509.DNSName(name) for name in known]
        found += [x509.IPAddress(ipaddress.ip_address(address)) for address in dict.fromkeys(addresses)]
        issuer = self._certificate()
        made = (
            x509.CertificateBuilder()
            .subject_name(_named("Service Hall hub"))
            .issuer_name(issuer.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _SKEW)
            .not_valid_after(now + CERTIFICATE_LIFE)
            .add_extension(x509.SubjectAlternativeName(found), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(_signed_by(self.key), critical=False)
            .sign(self.key, SHA256())
        )
        return _private_bytes(key) + made.public_bytes(Encoding.PEM)

    def _certificate(self) -> x509.Certificate:
        public = self.key.public_key()
        name = _named(f"Service Hall authority {self.fingerprint}")
        permitted: list[x509.GeneralName] = [x509.DNSName(domain) for domain in _DOMAINS]
        permitted += [x509.IPAddress(ipaddress.ip_network(network)) for network in _NETWORKS]
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(public)
            .serial_number(1)
            .not_valid_before(_SINCE)
            .not_valid_after(_UNTIL)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs=True), critical=True)
            .add_extension(x509.NameConstraints(permitted, None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(_signed_by(self.key), critical=False)
            .sign(self.key, SHA256())
        )


def create_authority(path: Path) -> None:
    """Write a new key, readable by this user only: whole and on the disk, or not there.

    Raises FileExistsError when there is one, OSError when it cannot be written.
    """
    if path.exists():
        raise FileExistsError(f"{path} is there already")
    with whole_file(path) as file:
        file.write(_private_bytes(ec.generate_private_key(ec.SECP256R1())))


def load_authority(path: Path) -> Authority:
    """Read the key. Raises KeyFileError with a sentence when that is not possible."""
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileError(f"the key of the hall's authority cannot be read from {path}: {error}") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise KeyFileError(f"{path} does not hold an elliptic-curve key")
    return Authority(key)


def _is_ours(name: str) -> bool:
    return any(name == domain or name.endswith(f".{domain}") for domain in _DOMAINS)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _signed_by(key: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _public_bytes(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _private_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
