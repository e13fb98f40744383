"""Who this device is: the credential it got when it enrolled, in a file that only its user may read."""

import os
from pathlib import Path

import msgspec

from shared.client.api import HubClient
from shared.client.trust import is_loopback
from shared.domain.pin import digits_of
from shared.protocol.messages import Enrol, Enrolled, Role
from shared.store.durable import make_folder, sync_folder, whole_file

FILE = "device.json"


class DeviceIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """What the device keeps of its enrolment, and the hub it belongs to.

    `authority` is the certificate (PEM) by which that hub is known; None at a hub on the same machine.
    """

    hub: str
    device: int
    token: str
    role: Role
    name: str
    window: int | None
    authority: str | None = None

    @property
    def is_pinned(self) -> bool:
        """Whether the hub can be known; devices that enrolled before there were authorities enrol again."""
        return self.authority is not None or is_loopback(self.hub)

    def client(self, timeout: float = 3.0) -> HubClient:
        """The hub, spoken to as this device."""
        return HubClient(self.hub, self.token, timeout, authority=self.authority)

    def __repr__(self) -> str:
        return (
            f"DeviceIdentity(hub={self.hub!r}, device={self.device}, role={self.role!r}, name={self.name!r})"
        )


class IdentityFileError(ValueError):
    """The file is there and says nothing usable; its path is in the sentence."""


def default_state_folder(app: str) -> Path:
    """`$XDG_STATE_HOME/service-hall/<app>` (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "service-hall" / app


def load_identity(folder: Path) -> DeviceIdentity | None:
    """The identity kept in `folder`; None when the device never enrolled. Raises IdentityFileError."""
    path = folder / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=DeviceIdentity)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise IdentityFileError(f"{path}: {error}") from error


def save_identity(folder: Path, identity: DeviceIdentity) -> None:
    """Keep the identity: mode 0600, on disk before the old one is replaced."""
    for made in make_folder(folder):
        sync_folder(made.parent)
    with whole_file(folder / FILE) as file:
        file.write(msgspec.json.encode(identity))


def enrol(client: HubClient, code: str, folder: Path) -> DeviceIdentity:
    """Exchange a code for this device's own credential and keep it. Raises HubError or OSError.

    The hub is told the code's digits; its fingerprint is what `client` has been made to trust by.
    """
    got = client.ask(Enrolled, "enrol", Enrol(code=digits_of(code)))
    identity = DeviceIdentity(
        hub=client.base_url,
        device=got.device,
        token=got.token,
        role=got.role,
        name=got.name,
        window=got.window,
        authority=client.authority,
    )
    save_identity(folder, identity)
    return identity
