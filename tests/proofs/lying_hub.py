"""Somebody who says that they are the hub, and writes down every byte said to them after the handshake.

python -m tests.proofs.lying_hub HOST PORT FOLDER AUTHORITY.crt

Advertises itself and listens on two ports: PORT, with a certificate of an authority of its own, which it
hands out as the hall's; and one more, where it hands out the hall's true one (it is public), and is vouched
for by its own under the true one's name. Says `ready SECOND-PORT`. What was heard is in FOLDER/heard.
"""

import asyncio
import ssl
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography import x509

from shared.hub.advertise import advertised
from shared.protocol import messages as m
from shared.store.authority import Authority, create_authority, load_authority
from shared.testing import MONDAY_MORNING

HEARD = "heard"
HEALTH = m.Health(
    status="ok", version="0", sqlite="", seq=1, day=MONDAY_MORNING.date(), now=MONDAY_MORNING, store="ok",
    writer_lag_ms=0.0, subscribers=0, devices=0, disk_free_mb=None, log_mb=None, checked_seconds=None,
    backup="none", last_backup_at=None,
)  # fmt: skip
ENROLLED = m.Enrolled(device=1, token="a-token-of-the-liar", role="display", name="屏", window=None)


class Liar:
    """Answers as a hub would, whatever it is asked."""

    def __init__(self, folder: Path, authority: bytes) -> None:
        self._heard = folder / HEARD
        self._authority = authority

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One who believed in the certificate, or did not look."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self._note(head)
                length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
                if length:
                    self._note(await reader.readexactly(int(length[0].partition(b":")[2])))
                answer = self._answer(head.split(b" ")[1])
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(answer), answer))
        except (asyncio.IncompleteReadError, OSError):
            writer.close()

    def _note(self, said: bytes) -> None:
        with self._heard.open("ab") as file:
            file.write(said)

    def _answer(self, path: bytes) -> bytes:
        if path == b"/authority.crt":
            return self._authority
        return msgspec.json.encode(ENROLLED if path == b"/api/v1/devices" else HEALTH)


def certificate_of(authority: Authority, host: str, folder: Path, issuer: x509.Name | None = None) -> Path:
    """The liar's key and certificate, right in everything but who signed it."""
    path = folder / f"liar-{issuer is None}.pem"
    pem = authority.issue([], [host], datetime.now(UTC))
    if issuer is not None:
        pem = _renamed(pem, authority, issuer)
    path.write_bytes(pem)
    return path


def _renamed(pem: bytes, authority: Authority, issuer: x509.Name) -> bytes:
    """The same, in the name of somebody else."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding

    good = x509.load_pem_x509_certificates(pem)[0]
    made = (
        x509.CertificateBuilder()
        .subject_name(good.subject)
        .issuer_name(issuer)
        .public_key(good.public_key())
        .serial_number(good.serial_number)
        .not_valid_before(good.not_valid_before_utc)
        .not_valid_after(good.not_valid_after_utc)
    )
    for each in good.extensions:
        if not isinstance(each.value, x509.AuthorityKeyIdentifier):
            made = made.add_extension(each.value, each.critical)
    private = pem[: pem.index(b"-----BEGIN CERTIFICATE")]
    return private + made.sign(authority.key, SHA256()).public_bytes(Encoding.PEM)


async def _lie(host: str, port: int, folder: Path, true: bytes) -> None:
    create_authority(folder / "authority.key")
    own = load_authority(folder / "authority.key")
    name = x509.load_pem_x509_certificate(true).subject
    shown = (
        (port, Liar(folder, own.pem.encode()), certificate_of(own, host, folder)),
        (0, Liar(folder, true), certificate_of(own, host, folder, name)),
    )
    ports = []
    for at, liar, certificate in shown:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server = await asyncio.start_server(liar.meet, host, at, ssl=context)
        ports.append(server.sockets[0].getsockname()[1])
    async with advertised("小厅", ports[0], host):
        print(f"ready {ports[1]}", flush=True)  # noqa: T201 - the proof reads it
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_lie(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]).read_bytes()))
