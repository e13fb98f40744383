"""A hub that moves while an app runs: found by what it advertises, believed by what it proves."""

from pathlib import Path

from msgspec.structs import replace

from shared.client.discover import FoundHub
from shared.client.identity import load_identity, save_identity
from shared.qt.bridge import HallBridge
from shared.qt.joining import join
from shared.qt.seeking import Seeker
from shared.testing import RunningHub, running_hub
from tests.qt.conftest import Advertised, Until
from tests.qt.test_joining import options

GONE = "https://127.0.0.1:9"


def test_the_app_goes_on_where_the_hub_is_now(
    hub: RunningHub, tmp_path: Path, advertised: Advertised, until: Until
) -> None:
    state = tmp_path / "state"
    identity = join(options(state, hub.secure_url, hub.code("display")), "display", "display")
    gone = replace(identity, hub=GONE)
    save_identity(state, gone)
    bridge = HallBridge(gone.client())
    seeker = Seeker(bridge, gone, state, look_seconds=0.1)
    with running_hub(tmp_path / "other") as other:
        advertised.append(FoundHub("小厅", other.secure_url))
        try:
            bridge.start()
            seeker.start()
            until(lambda: advertised.asked >= 2)
            assert not bridge.online
            assert load_identity(state) == gone, "another hall's hub is not believed"
            advertised.append(FoundHub("小厅", hub.secure_url))
            until(lambda: bridge.online, 20)
            assert load_identity(state) == identity, "at the next start it is sought there first"
            assert bridge.client.base_url == hub.secure_url
            clerk = bridge.client.with_credential("someone-else")
            assert clerk.base_url == hub.secure_url, "whoever shares its connections moves along"
        finally:
            bridge.close()
