"""Whom a client believes to be the hub: who has a certificate of the authority that the device pinned.

The device's clock is not asked: a kiosk whose battery is empty wakes in 2012, and must work all the same.
What protects it is the authority's key and not the certificate's date.
"""

import ipaddress
import ssl
import time
from urllib.parse import urlsplit

import httpx

from shared.client.errors import HubForeign, HubUnreachable
from shared.domain.pin import HUB_NAME, matches
from shared.protocol.routes import AUTHORITY_PATH

_MOST_BYTES = 16 * 1024
_PATIENCE_SECONDS = 10.0
_NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME of OpenSSL; Python has no name for it."""
ASKED_NAME = {"sni_hostname": HUB_NAME}
"""For httpx: the name that the certificate must carry, wherever the hub is found."""


def verification(url: str, authority: str | None) -> ssl.SSLContext:
    """What a connection to `url` is checked with; `authority` is a pinned certificate (PEM).

    Raises ValueError where nothing could be checked: only a hub on this very machine is spoken to in clear.
    """
    if authority is None and is_loopback(url) and url.startswith("http:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used, and quickly made
    if authority is None or not url.startswith("https:"):
        raise ValueError(f"{url} cannot be known to be the hub: an https address and a pinned authority can")
    return pinned(authority)


def pinned(authority: str) -> ssl.SSLContext:
    """Trusts this authority (PEM) and no other. Raises ValueError for what is no certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME)
    try:
        context.load_verify_locations(cadata=authority)
    except ssl.SSLError as error:
        raise ValueError(f"no certificate: {error}") from error
    return context


def rejected(error: BaseException) -> str | None:
    """Why the certificate was not believed, if that is what went wrong below a connection's failure."""
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, ssl.SSLCertVerificationError):
            return str(below.verify_message)
        below = below.__cause__ or below.__context__
    return None


def is_loopback(url: str) -> bool:
    """Whether the address is this machine's own."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def fetch_authority(url: str, fingerprint: str) -> str:
    """The authority (PEM) of the hub at `url`, if it is the one of the fingerprint.

    Nothing is said but that it is wanted. Raises HubForeign when another answers, HubUnreachable.
    """
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    from cryptography.x509 import load_pem_x509_certificate

    pem = _download(url)
    try:
        public = load_pem_x509_certificate(pem).public_key()
        key = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except ValueError as error:
        raise HubForeign(url) from error
    if not matches(fingerprint, key):
        raise HubForeign(url)
    return pem.decode("ascii")


def _download(url: str) -> bytes:
    """Whatever lies there. Whether it is right, its fingerprint says, so the connection need not."""
    deadline, found = time.monotonic() + _PATIENCE_SECONDS, b""
    client = httpx.Client(verify=False, trust_env=False, timeout=3.0)  # noqa: S501 - the fingerprint verifies
    try:
        with client, client.stream("GET", url + AUTHORITY_PATH, extensions=ASKED_NAME) as answer:
            for piece in answer.iter_raw():
                found += piece
                if len(found) > _MOST_BYTES or time.monotonic() > deadline:
                    raise HubForeign(url)
    except httpx.TransportError as error:
        raise HubUnreachable(f"{type(error).__name__}: {error}", is_unknown=False) from error
    return found
