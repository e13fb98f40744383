"""S4: a hub that only claims to be the hub gets nothing, and gives nothing.

The liar (tests.proofs.lying_hub) stands in a network namespace of its own where root may make one,
advertises itself by multicast DNS under the hall's name, and answers on the hub's port. Devices meet it in
every way that there is: with a right code, by its address and by looking for the hub; enrolled, where their
hub was and where it is said to be now; before the true hub and without it. Then everything it heard is
searched for the code, the device's credential and the citizen's ID number.

The controls are a device that believes any fingerprint, and a client that does not verify.
"""

import os
import ssl
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock
from urllib.parse import urlsplit

import httpx
from msgspec.structs import replace

from shared.client.api import HubClient
from shared.client.discover import FoundHub, discover
from shared.client.errors import HubError, HubRefused
from shared.client.identity import DeviceIdentity, load_identity, save_identity
from shared.protocol import messages as m
from shared.qt import joining
from shared.qt.joining import CannotJoin, join
from shared.testing import MONDAY_MORNING, RunningHub, id_number, running_hub
from tests.proofs.hubs import ROOT
from tests.proofs.links import Cable, can_make_namespaces
from tests.proofs.lying_hub import HEARD
from tests.proofs.outcome import Outcome

NOWHERE = "https://127.0.0.1:9"
CITIZEN = m.Identity(number=id_number(), name="张三")


@dataclass
class Scene:
    """The true hub, the liar at its two addresses, and what must not be heard."""

    hub: RunningHub
    liars: tuple[str, str]
    folder: Path
    secrets: list[str]
    tried: int = 0

    def heard(self) -> bytes:
        """All that was said to the liar."""
        path = self.folder / HEARD
        return path.read_bytes() if path.exists() else b""

    def code(self) -> str:
        """A right code; its digits are a secret from now on."""
        code = self.hub.code("display")
        self.secrets += [code, code.replace("-", "")[:8]]
        return code

    def device(self) -> DeviceIdentity:
        """One that has enrolled at the true hub."""
        state = self.folder / f"device{len(self.secrets)}"
        identity = join(_options(state, self.hub.secure_url, self.code()), "display", "display")
        self.secrets.append(identity.token)
        return identity

    def state(self, name: str, identity: DeviceIdentity | None = None) -> Path:
        """A device's folder."""
        self.tried += 1
        folder = self.folder / f"state{self.tried}-{name}"
        if identity is not None:
            save_identity(folder, identity)
        return folder


def _options(state: Path, hub: str | None = None, code: str | None = None) -> Namespace:
    return Namespace(hub=hub, enrol=code, state=state)


# -- the ways to meet it -----------------------------------------------------------------------------------


def enrol_by_address(scene: Scene) -> Iterator[str]:
    """An installer who types the liar's address."""
    for liar in scene.liars:
        yield from _refused(scene, scene.state("typed"), liar)


def enrol_by_search(scene: Scene) -> Iterator[str]:
    """Only the liar advertises itself."""
    yield from _refused(scene, scene.state("searched"), None)


def enrol_beside_the_true_one(scene: Scene) -> Iterator[str]:
    """Both are there: the device takes the one of its code, whichever is tried first."""
    state = scene.state("beside")
    with _also_found(scene):
        identity = join(_options(state, None, scene.code()), "display", "display")
    scene.secrets.append(identity.token)
    if identity.hub != scene.hub.secure_url:
        yield f"a device enrolled at {identity.hub}"


def start_where_the_hub_was(scene: Scene) -> Iterator[str]:
    """The liar has taken the hub's address; the device was there before, and has a citizen before it."""
    for liar in scene.liars:
        identity = replace(scene.device(), hub=liar)
        state = scene.state("taken-over", identity)
        found = join(_options(state), "display", "display")
        if found != identity:
            yield f"a device changed to {found.hub}"
        yield from _asked(found.client(timeout=2.0))


def start_after_the_hub_moved(scene: Scene) -> Iterator[str]:
    """The hub is silent where it was: only the liar says that it is the hub; then the true one does, too."""
    identity = replace(scene.device(), hub=NOWHERE)
    state = scene.state("moved", identity)
    if (found := join(_options(state), "display", "display")) != identity:
        yield f"a device followed the hub's name to {found.hub}"
    with _also_found(scene):
        if join(_options(state), "display", "display").hub != scene.hub.secure_url:
            yield "a device did not find its own hub beside the liar"


WAYS: tuple[Callable[[Scene], Iterator[str]], ...] = (
    enrol_by_address,
    enrol_by_search,
    enrol_beside_the_true_one,
    start_where_the_hub_was,
    start_after_the_hub_moved,
)


def _refused(scene: Scene, state: Path, hub: str | None) -> Iterator[str]:
    try:
        identity = join(_options(state, hub, scene.code()), "display", "display")
    except CannotJoin as reason:
        if "nothing was sent" not in str(reason):
            yield f"the installer was not told: {reason}"
    else:
        yield f"a device enrolled at {identity.hub}"
    if load_identity(state) is not None:
        yield "the liar got into a device's file"


def _asked(client: HubClient) -> Iterator[str]:
    """Everything that a device says: a command with an ID number, a question, the stream."""
    body = m.TakeTicket(channel="kiosk", lane="A", identity=CITIZEN)
    with closing(client):
        for ask in (
            lambda: client.call("take_ticket", body),
            lambda: client.call("board"),
            lambda: _first_event(client),
        ):
            try:
                ask()
            except HubRefused as refusal:
                yield f"a device believed a refusal: {refusal}"
            except HubError:
                continue
            else:
                yield "a device believed an answer"


def _first_event(client: HubClient) -> None:
    with client.events(0) as stream:
        next(iter(stream), None)


@contextmanager
def _also_found(scene: Scene) -> Iterator[None]:
    """The true hub is found as well, after both liars: the order in which they do best."""

    def both() -> list[FoundHub]:
        more = (scene.liars[1], scene.hub.secure_url)
        return [*discover(), *(FoundHub("小厅", url) for url in more)]

    with mock.patch.object(joining, "discover", both):
        yield


# -- the scene ---------------------------------------------------------------------------------------------


@contextmanager
def scene_in(folder: Path) -> Iterator[Scene]:
    """The true hub here, the liar in its namespace; on the loopback where no namespace can be made."""
    with ExitStack() as stack:
        hub = stack.enter_context(running_hub(folder / "hall", None, "--start", MONDAY_MORNING.isoformat()))
        port, host = urlsplit(hub.url).port, "127.0.0.2"
        prefix: tuple[str, ...] = ()
        if can_make_namespaces():
            cable = Cable(hub.url)
            stack.callback(cable.close)
            prefix, host = cable.prefix, cable.there
        told = folder / "liar"
        told.mkdir()
        (told / "authority.crt").write_text(hub.authority.pem, "ascii")
        second = stack.enter_context(_lying(prefix, host, port or 0, told))
        liars = (f"https://{host}:{port}", f"https://{host}:{second}")
        yield Scene(hub, liars, told, [CITIZEN.number])


@contextmanager
def _lying(prefix: tuple[str, ...], host: str, port: int, folder: Path) -> Iterator[int]:
    command = [*prefix, sys.executable, "-m", "tests.proofs.lying_hub", host, str(port), str(folder)]
    with subprocess.Popen(
        [*command, str(folder / "authority.crt")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        try:
            assert process.stdout is not None
            word, _, second = process.stdout.readline().partition(" ")
            if word != "ready":
                raise RuntimeError("the liar did not begin")
            yield int(second)
        finally:
            process.terminate()


def told_to_the_liar(scene: Scene) -> list[str]:
    """The secrets among what it heard."""
    heard = scene.heard()
    return [f"the liar heard {secret}" for secret in dict.fromkeys(scene.secrets) if secret.encode() in heard]


def met(scene: Scene) -> list[str]:
    """Every way; what went wrong."""
    wrong = [f"{way.__name__}: {sentence}" for way in WAYS for sentence in way(scene)]
    if b"GET /authority.crt" not in scene.heard():
        wrong.append("nobody met the liar: nothing was tried")
    return wrong + told_to_the_liar(scene)


# -- the controls ------------------------------------------------------------------------------------------


def credulous_device_is_caught(scene: Scene) -> bool:
    """It takes any authority for the hall's: the liar gets the code, and the device its token."""
    with mock.patch("shared.client.trust.matches", return_value=True):
        wrong = list(_refused(scene, scene.state("credulous"), scene.liars[0]))
    return bool(wrong) and bool(told_to_the_liar(scene))


def careless_client_is_caught(scene: Scene) -> bool:
    """It speaks TLS with whoever is there."""
    identity = replace(scene.device(), hub=scene.liars[0])
    (scene.folder / HEARD).write_bytes(b"")
    client = identity.client()
    client._http.close()
    blind = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
    client._http = httpx.Client(base_url=identity.hub, verify=blind)
    with suppress(HubError):
        list(_asked(client))
    said = told_to_the_liar(scene)
    return any(identity.token in each for each in said) and any(CITIZEN.number in each for each in said)


def prove() -> Outcome:
    """All ways, in a namespace of its own where that can be."""
    with TemporaryDirectory(prefix="s04-") as made, scene_in(Path(made)) as scene:
        wrong = met(scene)
        tried = scene.tried
        caught = credulous_device_is_caught(scene) and careless_client_is_caught(scene)
        return Outcome("S4", tried, wrong, caught)


if __name__ == "__main__":
    sys.exit(0 if prove().holds else 1)
