"""The device's own credential: enrolled once, kept where only its user reads it."""

import stat
from pathlib import Path

import pytest

from shared.client.api import HubRefused
from shared.client.discover import FoundHub, discover
from shared.client.identity import FILE, IdentityFileError, default_state_folder, enrol, load_identity
from shared.protocol import messages as m
from shared.testing import RunningHub


def test_enrolling_keeps_a_credential_that_works(hub: RunningHub, tmp_path: Path) -> None:
    offer = hub.operator.ask(
        m.DeviceOffer, "offer_device", m.OfferDevice(role="counter", name="三号", window=3)
    )
    folder = tmp_path / "state" / "counter"
    identity = enrol(hub.with_credential(None), offer.code, folder)
    assert (identity.role, identity.name, identity.window, identity.hub) == ("counter", "三号", 3, hub.url)
    assert load_identity(folder) == identity
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert identity.token not in repr(identity)
    assert [path.name for path in folder.iterdir()] == [FILE]
    assert hub.with_credential(identity.token).ask(m.Board, "board").hall.name == "小厅"


def test_a_wrong_code_leaves_nothing(hub: RunningHub, tmp_path: Path) -> None:
    with pytest.raises(HubRefused, match="bad_enrolment_code"):
        enrol(hub.with_credential(None), "000000", tmp_path / "new")
    assert load_identity(tmp_path / "new") is None


@pytest.mark.parametrize("content", [b"", b"{", b'{"hub": "http://x"}', b"\xff"])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(IdentityFileError, match=str(tmp_path)):
        load_identity(tmp_path)


def test_the_state_folder_follows_xdg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert default_state_folder("kiosk") == tmp_path / "service-hall" / "kiosk"


async def _advertise_and_find(port: int) -> list[FoundHub]:
    import asyncio

    from shared.hub.advertise import advertised

    async with advertised("小厅", port, "127.0.0.1"):
        return await asyncio.to_thread(discover, 3.0, ["127.0.0.1"])


def test_a_hub_that_advertises_itself_is_found() -> None:
    import asyncio

    assert FoundHub("小厅", "https://127.0.0.1:8750") in asyncio.run(_advertise_and_find(8750))
