"""The hall's authority: what it vouches for, and that its certificate can be made again from its key."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from shared.domain.pin import HUB_NAME
from shared.store.authority import Authority, create_authority, load_authority
from shared.store.keys import KeyFileError

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    create_authority(tmp_path / "authority.key")
    return load_authority(tmp_path / "authority.key")


def leaf(authority: Authority, *names: str, now: datetime = NOW) -> x509.Certificate:
    return x509.load_pem_x509_certificates(authority.issue(names, ["10.0.0.5"], now))[0]


def verify(authority: Authority, found: x509.Certificate, name: str) -> None:
    """By another implementation than the one that the hub and its clients use."""
    store = Store([x509.load_pem_x509_certificate(authority.pem.encode())])
    policy = PolicyBuilder().store(store).time(NOW)
    policy.build_server_verifier(x509.DNSName(name)).verify(found, [])


def test_its_certificate_made_again_vouches_for_the_same(tmp_path: Path, authority: Authority) -> None:
    later = load_authority(tmp_path / "authority.key")
    assert later.fingerprint == authority.fingerprint
    kept, made = (x509.load_pem_x509_certificate(each.pem.encode()) for each in (authority, later))
    assert (kept.subject, kept.serial_number, kept.tbs_certificate_bytes) == (
        made.subject,
        made.serial_number,
        made.tbs_certificate_bytes,
    )
    leaf(later).verify_directly_issued_by(kept)


def test_only_its_user_can_read_the_key(tmp_path: Path, authority: Authority) -> None:
    path = tmp_path / "authority.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "PRIVATE" not in repr(authority)
    with pytest.raises(FileExistsError):
        create_authority(path)


@pytest.mark.parametrize(
    "content", [b"", b"junk", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_key_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.key"
    path.write_bytes(content)
    with pytest.raises(KeyFileError, match=r"broken\.key"):
        load_authority(path)


def test_a_certificate_carries_the_hub_s_name_and_addresses(authority: Authority) -> None:
    found = leaf(authority, "localhost", "hub.local", "bank.example")
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == [HUB_NAME, "localhost", "hub.local"], (
        "and no foreign one"
    )
    assert [str(address) for address in names.get_values_for_type(x509.IPAddress)] == ["10.0.0.5"]
    assert found.not_valid_before_utc < NOW < found.not_valid_after_utc - timedelta(days=80)
    verify(authority, found, HUB_NAME)


def test_it_cannot_vouch_for_a_site_of_the_internet(authority: Authority) -> None:
    """Who stole the key could make such a certificate; whoever trusts the authority refuses it."""
    issuer = x509.load_pem_x509_certificate(authority.pem.encode())
    key = ec.generate_private_key(ec.SECP256R1())
    good = leaf(authority)
    builder = (
        x509.CertificateBuilder()
        .subject_name(good.subject)
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("bank.example")]), critical=False)
    )
    for each in good.extensions:
        if not isinstance(each.value, x509.SubjectAlternativeName):
            builder = builder.add_extension(each.value, each.critical)
    with pytest.raises(VerificationError):
        verify(authority, builder.sign(authority.key, SHA256()), "bank.example")
