"""The hub in a fork: started in a fraction of a second, to be killed again and again."""

from contextlib import closing
from pathlib import Path

from shared.client.api import HubClient
from shared.protocol import messages as m
from shared.testing import PIN, rehearsal
from tests.proofs.forking import Forks

HUB = "shared.hub.__main__"


class ForkedHub:
    """The product's hub on a fresh hall, or another: `program` is a module and what `main` takes first."""

    def __init__(self, folder: Path, forks: Forks, *program: str) -> None:
        with rehearsal(folder) as hall:
            self.house, self.moment = hall.house, hall.now
        self._forks = forks
        self._program = program or (HUB,)
        self._port = "0"
        self.start()

    def start(self) -> None:
        """On the port that it had before, its clock at `moment`. RuntimeError if it does not come up."""
        data = ["--data", str(self.house.folder), "--host", "127.0.0.1", "--port", self._port]
        given = [*data, "--quiet", "--start", self.moment.isoformat()]
        self._pid, line = self._forks.start(*self._program, given)
        if "hub ready on" not in line:
            raise RuntimeError(f"the hub did not start: {line!r}")
        self.url = line.split()[-1]
        self._port = self.url.rpartition(":")[2]

    def kill(self) -> None:
        self._forks.end(self._pid)

    def client(self, role: m.Role = "citizen-kiosk", url: str = "") -> HubClient:
        """Of a new device, which finds the hub at `url`."""
        with closing(HubClient(self.url, self.house.operator_token.read_text("ascii").strip())) as operator:
            offer = operator.ask(m.DeviceOffer, "offer_device", m.OfferDevice(role=role, name="设备"))
            enrolled = operator.ask(m.Enrolled, "enrol", m.Enrol(code=offer.code))
        return HubClient(url or self.url, enrolled.token, timeout=10.0)

    def clerk(self, url: str = "") -> HubClient:
        """Of a clerk at window 1, which is opened."""
        with closing(self.client("counter")) as counter:
            signed_in = counter.ask(m.SignedIn, "sign_in", m.SignIn(clerk="1001", pin=PIN))
        clerk = HubClient(url or self.url, signed_in.token, timeout=10.0)
        clerk.call("open_window", m.Nothing(), no=1)
        return clerk
