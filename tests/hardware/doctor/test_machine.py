"""The machine beside its devices: hub, credential, clock, disk, and what its app is set up with."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from hardware.doctor import machine
from hardware.doctor.checks import known_kinds
from hardware.doctor.machine import candidates, check_disk, check_hub
from hardware.doctor.settings import configured, devices_of
from shared.client.identity import enrol, save_identity
from shared.domain import pin
from shared.protocol import messages as m
from shared.testing import RunningHub, running_hub


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def faults(state: Path) -> list[tuple[str, str]]:
    return [(finding.kind, finding.fault.value) for finding in check_hub(state)]


def enrolled(hub: RunningHub, folder: Path) -> int:
    offer = hub.operator.call("offer_device", m.OfferDevice(role="citizen-kiosk", name="一号取号机"))
    return enrol(hub.with_credential(None), offer.code, folder).device


def test_the_hub_the_credential_and_the_clock(tmp_path: Path) -> None:
    state = tmp_path / "kiosk"
    assert faults(state) == [("hub", "not_enrolled")]
    with running_hub(tmp_path / "hall", None, "--start", datetime.now(UTC).isoformat()) as hub:
        device = enrolled(hub, state)
        assert faults(state) == [("hub", "fine"), ("clock", "fine")]
        hub.operator.call("revoke_device", m.Nothing(), id=device)
        assert faults(state)[0] == ("hub", "revoked")
        hub.kill()
        assert faults(state) == [("hub", "hub_unreachable")]
        hub.restart()


def test_a_hub_elsewhere_must_be_the_one_that_was_pinned(tmp_path: Path) -> None:
    start = ("--start", datetime.now(UTC).isoformat())
    with (
        running_hub(tmp_path / "hall", None, *start) as hub,
        running_hub(tmp_path / "other", None, *start) as other,
    ):
        offer = hub.operator.call("offer_device", m.OfferDevice(role="display", name="屏"))
        identity = enrol(hub.pinned(None), offer.code, tmp_path / "kiosk")
        assert faults(tmp_path / "kiosk") == [("hub", "fine"), ("clock", "fine")]
        save_identity(tmp_path / "kiosk", replace(identity, hub=other.secure_url))
        assert faults(tmp_path / "kiosk") == [("hub", "hub_foreign")]
        save_identity(tmp_path / "kiosk", replace(identity, hub="http://10.0.0.5:8750", authority=None))
        assert faults(tmp_path / "kiosk") == [("hub", "not_enrolled")]
    assert machine.HUB_NAME == pin.HUB_NAME


def test_a_clock_far_from_the_hubs(tmp_path: Path) -> None:
    with running_hub(tmp_path / "hall", None, "--start", "2020-01-01T09:00:00+08:00") as hub:
        enrolled(hub, tmp_path / "kiosk")
        assert faults(tmp_path / "kiosk")[1] == ("clock", "clock_off")


def test_a_damaged_identity_is_no_identity(tmp_path: Path) -> None:
    (tmp_path / "device.json").write_text(json.dumps({"hub": "http://x"}))
    assert faults(tmp_path) == [("hub", "not_enrolled")]


@pytest.mark.parametrize(("free", "fault"), [(4, "disk_full"), (5, "fine"), (90, "fine")])
def test_a_disk_nearly_full(free: int, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100, 100 - free, free))
    assert check_disk(tmp_path / "not" / "there").fault == fault


def test_files_that_may_be_devices_are_offered(tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    for name in ("usb/lp0", "hidraw1", "video0"):
        (tmp_path / name).touch()
    found = {(one.kind, one.spec) for one in candidates(tmp_path)}
    assert ("printer", f"escpos:usb://{tmp_path}/usb/lp0") in found
    assert ("camera", f"v4l2:{tmp_path}/video0") in found
    assert ("hid", f"{tmp_path}/hidraw1") in found


def test_devices_are_read_from_where_the_app_is_set_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "service-hall"
    folder.mkdir()
    (folder / "kiosk.env").write_text(
        "# the kiosk\nHALL_OPTIONS=--hub http://h:8750 --printer escpos:tcp://p:9100?paper=80 "
        "--reader=sam:serial:///dev/ttyS0?baud=9600 --scanner none\n"
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert configured(known_kinds()) == [
        ("printer", "escpos:tcp://p:9100?paper=80"),
        ("idcard", "sam:serial:///dev/ttyS0?baud=9600"),
    ]
    assert devices_of("", known_kinds()) == []
