"""A maker's photo decoder, plugged in, absent and broken."""

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from hardware.faults import DeviceUnavailable
from hardware.idcard.card import check_character
from hardware.idcard.driver import CardRead
from hardware.idcard.photo import photo_decoder
from hardware.registry import open_id_reader
from hardware.simulators import SimulatedDevice, simulated_device

NUMBER = "43060219900307001" + check_character("43060219900307001")


@pytest.fixture(scope="module")
def device() -> Iterator[SimulatedDevice]:
    with simulated_device("idcard") as device:
        yield device


@pytest.fixture(autouse=True)
def maker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A maker's library: `good` draws, `broken` fails, `odd` gives no bytes."""
    library = ModuleType("maker")

    def broken(_: bytes) -> bytes:
        raise OSError("licence")

    vars(library).update(good=lambda wlt: b"PNG of " + wlt[:3], broken=broken, odd=lambda _: "text")
    monkeypatch.setitem(sys.modules, "maker", library)


@pytest.mark.parametrize(
    ("option", "photo"),
    [
        ("", None),
        ("?photo=maker:good", b"PNG of WLf"),
        ("?photo=maker:broken", None),
        ("?photo=maker:odd", None),
    ],
)
def test_a_card_is_read_whatever_its_photo_does(
    device: SimulatedDevice, option: str, photo: bytes | None
) -> None:
    reader = open_id_reader(f"{device.spec}{option}")
    assert reader is not None
    reader.open()
    device.command("put", "测试甲", NUMBER)
    read = reader.poll()[-1]
    assert isinstance(read, CardRead)
    assert (read.card.number, read.photo) == (NUMBER, photo)
    assert "PNG" not in repr(read)
    reader.close()


@pytest.mark.parametrize("name", ["nowhere:f", "maker:nothing", "maker", ":"])
def test_a_decoder_that_is_not_there_is_told_at_once(name: str) -> None:
    with pytest.raises(DeviceUnavailable):
        photo_decoder(name)
