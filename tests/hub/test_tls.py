"""The hub's certificates: renewed in time, right for its addresses; the public one for who asks for it."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from shared.client.trust import pinned
from shared.domain.pin import HUB_NAME
from shared.hub import tls
from shared.hub.tls import CertificateError, Certificates, PublicFiles
from shared.store.authority import CERTIFICATE_LIFE
from shared.store.house import House
from shared.testing import RunningHub, running_hub

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PUBLIC = "queue.city.example"


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def shown(certificates: Certificates, name: str = HUB_NAME) -> x509.Certificate:
    """The certificate that a client sees who asks for `name`; no network."""
    asks, answers = ssl.MemoryBIO(), ssl.MemoryBIO()
    client_context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client_context.check_hostname, client_context.verify_mode = False, ssl.CERT_NONE
    client = client_context.wrap_bio(answers, asks, server_hostname=name)
    server = certificates.context.wrap_bio(asks, answers, server_side=True)
    for _ in range(4):
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    found = client.getpeercert(binary_form=True)
    assert found is not None
    return x509.load_der_x509_certificate(found)


def addresses(certificate: x509.Certificate) -> set[str]:
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(address) for address in names.get_values_for_type(x509.IPAddress)}


def test_it_is_renewed_before_it_ends(house: House, clock: Clock) -> None:
    certificates = Certificates(house, "127.0.0.1", now=clock)
    first = shown(certificates)
    clock.now += CERTIFICATE_LIFE - timedelta(days=31)
    certificates.look()
    assert shown(certificates).serial_number == first.serial_number
    clock.now += timedelta(days=2)
    certificates.look()
    assert shown(certificates).serial_number != first.serial_number
    assert shown(certificates).not_valid_after_utc == clock.now + CERTIFICATE_LIFE


def test_it_is_renewed_when_the_clock_was_wrong(house: House, clock: Clock) -> None:
    clock.now = NOW.replace(year=2031)
    certificates = Certificates(house, "127.0.0.1", now=clock)
    clock.now = NOW
    certificates.look()
    assert shown(certificates).not_valid_before_utc < NOW


def test_it_follows_the_addresses(house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tls, "own_addresses", lambda: ["10.0.0.5"])
    certificates = Certificates(house, "0.0.0.0", now=clock)
    assert addresses(shown(certificates)) == {"127.0.0.1", "::1", "10.0.0.5"}
    monkeypatch.setattr(tls, "own_addresses", lambda: ["10.0.0.9"])
    certificates.look()
    assert addresses(shown(certificates)) == {"127.0.0.1", "::1", "10.0.0.9"}


def test_the_key_is_on_no_disk(house: House) -> None:
    Certificates(house, "127.0.0.1")
    assert [path.name for path in house.folder.iterdir()] == ["authority.key"]


def public_files(folder: Path, name: str = PUBLIC) -> PublicFiles:
    """A certificate as a public authority gives them, for the test signed by itself."""
    key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=True)
        .sign(key, SHA256())
    )
    (folder / "chain.pem").write_bytes(made.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(private)
    return PublicFiles(folder / "chain.pem", folder / "key.pem")


def test_who_asks_for_the_public_name_sees_the_public_certificate(house: House, tmp_path: Path) -> None:
    files = public_files(tmp_path)
    certificates = Certificates(house, "127.0.0.1", files)
    public = x509.load_pem_x509_certificate(files.chain.read_bytes())
    assert shown(certificates, PUBLIC) == public
    assert shown(certificates) != public
    assert shown(certificates, "hub.local") != public


def test_a_renewed_public_certificate_is_taken_up_and_a_broken_one_is_not(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    certificates = Certificates(house, "127.0.0.1", public_files(tmp_path))
    renewed = x509.load_pem_x509_certificate(public_files(tmp_path).chain.read_bytes())
    certificates.look()
    assert shown(certificates, PUBLIC) == renewed
    (tmp_path / "chain.pem").write_text("half a file")
    certificates.look()
    assert shown(certificates, PUBLIC) == renewed
    assert "cannot be read anew" in caplog.text


def test_a_public_certificate_that_cannot_be_used_is_told(house: House, tmp_path: Path) -> None:
    with pytest.raises(CertificateError, match=r"chain\.pem"):
        Certificates(house, "127.0.0.1", PublicFiles(tmp_path / "chain.pem", tmp_path / "key.pem"))


@contextmanager
def secured(hub: RunningHub, context: ssl.SSLContext, name: str) -> Iterator[ssl.SSLSocket]:
    port = int(hub.url.rpartition(":")[2])
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as line,
        context.wrap_socket(line, server_hostname=name) as found,
    ):
        yield found


def test_one_port_speaks_both(hub: RunningHub) -> None:
    assert httpx.get(f"{hub.url}/book").status_code == 200
    with secured(hub, pinned(hub.authority.pem), HUB_NAME) as line:
        assert line.version() == "TLSv1.3"
        line.sendall(b"GET /book HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert line.recv(15) == b"HTTP/1.1 200 OK"


def test_an_office_browser_that_knows_the_authority_sees_the_address_vouched_for(hub: RunningHub) -> None:
    context = ssl.create_default_context(cadata=hub.authority.pem)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    for name in ("127.0.0.1", "localhost"):
        with secured(hub, context, name) as line:
            assert line.getpeercert()


def test_a_hall_from_before_gets_its_authority_at_the_start(tmp_path: Path) -> None:
    with running_hub(tmp_path / "hall") as hub:
        hub.kill()
        hub.house.authority.unlink()
        hub.restart()
        assert hub.pinned(None).call("health").status == "ok"
