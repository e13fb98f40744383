"""What every ID-card reader must do, run on the driver against the simulator process, over a pty and TCP."""

import logging
import time
from collections.abc import Iterator
from datetime import date

import pytest

from hardware.device import DeviceState, StateChanged
from hardware.faults import DeviceCannotOpen, DeviceError, DeviceFailed, DeviceTimedOut
from hardware.idcard.card import CardKind, Sex, check_character
from hardware.idcard.codec import Status
from hardware.idcard.driver import CardEvent, CardNotRead, CardRead, CardRemoved, SamReader
from hardware.idcard.outcome import BY_STATUS, CardOutcome
from hardware.registry import open_id_reader
from hardware.simulators import SimulatedDevice, simulated_device

MALE = "43060219900307001" + check_character("43060219900307001")
FEMALE = "43060219551120002" + check_character("43060219551120002")
FOREIGN = "91156019900101001" + check_character("91156019900101001")


@pytest.fixture(scope="module", params=["tcp", "pty", "hid"])
def device(request: pytest.FixtureRequest) -> Iterator[SimulatedDevice]:
    with simulated_device("idcard", "--line", request.param) as device:
        yield device


@pytest.fixture
def reader(device: SimulatedDevice) -> Iterator[SamReader]:
    address = device.command("plug")["address"]  # a pty comes back elsewhere
    for fault in ("talk", "lift"):
        device.command(fault)
    reader = open_id_reader(f"sam:{address}?within=0.3")
    assert isinstance(reader, SamReader)
    reader.open()
    yield reader
    reader.close()
    device.command("talk")


def poll(reader: SamReader) -> list[CardEvent]:
    """What happened, without the news that the reader is there."""
    return [event for event in reader.poll() if not isinstance(event, StateChanged)]


def test_a_reader_without_a_card_is_ready_and_says_so_once(reader: SamReader) -> None:
    assert reader.poll() == [StateChanged(DeviceState.READY)]
    assert reader.poll() == []


def test_a_card_is_read_once_while_it_lies_there(reader: SamReader, device: SimulatedDevice) -> None:
    device.command("put", "测试甲", MALE, "address=岳阳市某路 1 号", "to=长期")
    (event,) = poll(reader)
    assert isinstance(event, CardRead)
    card = event.card
    assert (card.kind, card.name, card.number) == (CardKind.CITIZEN, "测试甲", MALE)
    assert (card.sex, card.nation, card.birth) == (Sex.MALE, "01", date(1990, 3, 7))
    assert (card.address, card.valid_from, card.valid_to) == ("岳阳市某路 1 号", date(2020, 1, 1), None)
    assert poll(reader) == []


def test_the_next_card_removes_the_one_before(reader: SamReader, device: SimulatedDevice) -> None:
    device.command("put", "测试甲", MALE)
    poll(reader)
    device.command("lift")
    assert poll(reader) == []
    device.command("put", "测试乙", FEMALE)
    removed, read = poll(reader)
    assert removed == CardRemoved()
    assert isinstance(read, CardRead)
    assert read.card.number == FEMALE


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("J", MALE, CardKind.RESIDENCE_PERMIT),
        ("I", "USA110080010112", CardKind.FOREIGN_2017),
        ("Y", FOREIGN, CardKind.FOREIGN_2023),
    ],
)
def test_the_other_kinds_are_read(
    reader: SamReader, device: SimulatedDevice, kind: str, number: str, expected: CardKind
) -> None:
    device.command("put", "测试丙", number, f"kind={kind}", "birth=19900101", "sex=2", "english=TEST PERSON")
    (event,) = poll(reader)
    assert isinstance(event, CardRead)
    assert (event.card.kind, event.card.number, event.card.sex) == (expected, number, Sex.FEMALE)


@pytest.mark.parametrize(
    ("step", "code", "outcome"),
    [
        ("select", "81", CardOutcome.MOVED),
        ("read", "41", CardOutcome.MOVED),
        ("read", "40", CardOutcome.WRONG_CARD),
        ("read", "33", CardOutcome.NOT_GENUINE),
        ("read", "91", CardOutcome.UNREADABLE),
        ("read", "10", CardOutcome.AGAIN),
        ("select", "24", CardOutcome.AGAIN),
        ("read", "47", CardOutcome.READER_FAULT),
        ("find", "60", CardOutcome.READER_FAULT),
        ("select", "77", CardOutcome.READER_FAULT),
    ],
)
def test_each_status_is_an_outcome_and_a_second_try_succeeds(
    reader: SamReader, device: SimulatedDevice, step: str, code: str, outcome: CardOutcome
) -> None:
    device.command("put", "测试甲", MALE)
    device.command("fail", step, code)
    assert poll(reader) == [CardNotRead(outcome)]
    assert isinstance(poll(reader)[0], CardRead)


@pytest.mark.parametrize("step", ["find", "select"])
def test_a_card_lifted_half_way_was_moved(reader: SamReader, device: SimulatedDevice, step: str) -> None:
    device.command("put", "测试甲", MALE)
    device.command("lift-after", step)
    assert poll(reader) == [CardNotRead(CardOutcome.MOVED)]
    assert CardOutcome.MOVED.sentence.zh == "这张卡没有读到，请平放再试一次"


def test_a_number_that_does_not_check_is_not_believed(reader: SamReader, device: SimulatedDevice) -> None:
    wrong = MALE[:-1] + ("0" if MALE[-1] != "0" else "1")
    device.command("put", "测试甲", wrong)
    assert poll(reader) == [CardNotRead(CardOutcome.UNREADABLE)]


def test_silence_is_told_within_the_deadline(reader: SamReader, device: SimulatedDevice) -> None:
    device.command("silent")
    begin = time.monotonic()
    with pytest.raises(DeviceTimedOut):
        reader.poll()
    assert time.monotonic() - begin < 0.8
    device.command("talk")
    assert poll(reader) == []


@pytest.mark.parametrize("cut", [0, 1, 4, 5, 6, 7, 10])
def test_half_a_frame_times_out_and_the_next_is_read(
    reader: SamReader, device: SimulatedDevice, cut: int
) -> None:
    device.command("cut", str(cut))
    assert poll(reader) == []  # one lost answer is asked for again
    device.command("put", "测试甲", MALE)
    assert isinstance(poll(reader)[-1], CardRead)


@pytest.mark.parametrize("bit", [0, 40, 47, 60, 80, 95])
def test_a_flipped_bit_is_never_believed(reader: SamReader, device: SimulatedDevice, bit: int) -> None:
    device.command("put", "测试甲", MALE)
    device.command("flip", str(bit))
    assert isinstance(poll(reader)[-1], CardRead)


@pytest.mark.parametrize(
    "junk", ["00" * 4096, "AA" * 300, "AAAAAA9669FFFF", "AAAAAA96690000", "AAAAAA9669050811"]
)
def test_junk_before_the_answer_is_passed_over(reader: SamReader, device: SimulatedDevice, junk: str) -> None:
    device.command("put", "测试甲", MALE)
    device.command("junk", junk)
    assert isinstance(poll(reader)[-1], CardRead)


def test_of_two_answers_queued_the_late_one_is_not_taken_for_the_next(
    reader: SamReader, device: SimulatedDevice
) -> None:
    device.command("put", "测试甲", MALE)
    device.command("junk", "AAAAAA966900080000" + "9F00000000" + "97")
    assert isinstance(poll(reader)[-1], CardRead)


@pytest.mark.parametrize("at", [0, 1, 5, 9, 15])
def test_unplugged_at_any_byte_is_one_fault_and_it_comes_back(
    reader: SamReader, device: SimulatedDevice, at: int
) -> None:
    device.command("put", "测试甲", MALE)
    device.command("unplug-at", str(at))
    with pytest.raises(DeviceError):
        reader.poll()
    reader.close()
    address = device.command("plug")["address"]
    back = open_id_reader(f"sam:{address}")
    assert back is not None
    back.open()
    assert isinstance(back.poll()[-1], CardRead)
    back.close()


@pytest.mark.parametrize("step", ["select", "read"])
def test_an_answer_lost_while_reading_asks_for_the_card_anew(
    reader: SamReader, device: SimulatedDevice, step: str
) -> None:
    device.command("put", "测试甲", MALE)
    device.command("lose", step)
    assert poll(reader) == [CardNotRead(CardOutcome.AGAIN)]
    assert CardOutcome.AGAIN.sentence.zh == "请重新放置身份证"
    device.command("lift")
    device.command("put", "测试甲", MALE)
    assert isinstance(poll(reader)[-1], CardRead)


def test_unplug_at_any_byte() -> None:
    """Of all three answers; every seventeenth byte of the long one, and those around its parts."""
    around = [0, 1, 4, 5, 6, 7, 9, 10, 13, 14, 269, 270, 1293, 1294]
    places = [("find", at) for at in range(15)] + [("select", at) for at in range(19)]
    places += [("read", at) for at in sorted({*around, *range(0, 1295, 17)})]
    with simulated_device("idcard", "--line", "pty") as device:
        for step, at in places:
            reader = open_id_reader(f"sam:{device.command('plug')['address']}")
            assert reader is not None
            reader.open()
            device.command("put", "测试甲", MALE)
            device.command("pull-at", step, str(at))
            with pytest.raises(DeviceError):
                _ = [reader.poll() for _ in range(3)]
            reader.close()


@pytest.mark.parametrize("fingerprint", [0, 512, 1024])
def test_a_read_with_fingerprint_gives_the_same_card(device: SimulatedDevice, fingerprint: int) -> None:
    device.command("fingerprint", str(fingerprint))
    reader = open_id_reader(f"sam:{device.command('plug')['address']}?fingerprint=yes")
    assert reader is not None
    reader.open()
    device.command("put", "测试甲", MALE)
    read = reader.poll()[-1]
    assert isinstance(read, CardRead)
    assert read.card.number == MALE
    reader.close()


def test_the_newest_address_takes_the_old_ones_place_where_there_is_one(device: SimulatedDevice) -> None:
    reader = open_id_reader(f"sam:{device.command('plug')['address']}?address=newest")
    assert reader is not None
    reader.open()
    for newest, expected in (("", "岳阳市旧路 1 号"), ("岳阳市新路 2 号", "岳阳市新路 2 号")):
        device.command(f"address {newest!r}" if newest else "address")
        device.command("put", "测试甲", MALE, "address=岳阳市旧路 1 号")
        read = reader.poll()[-1]
        assert isinstance(read, CardRead)
        assert read.card.address == expected
        device.command("lift")
        reader.poll()
    reader.close()
    device.command("address")


def test_the_technicians_questions_are_answered(reader: SamReader, device: SimulatedDevice) -> None:
    assert len(reader.module_number()) == 16
    reader.module_status()
    reader.reset()
    with pytest.raises(ValueError, match="115200"):
        reader.set_speed(4800)
    reader.set_speed(57600)
    assert device.command("status")["speed"] == 1
    device.command("put", "测试甲", MALE)
    assert isinstance(poll(reader)[-1], CardRead)


def test_every_status_is_an_outcome_or_no_trouble() -> None:
    assert {status for status in Status if CardOutcome.of(status) is not CardOutcome.READER_FAULT} >= {
        Status.READ_FAILED,
        Status.SELECT_FAILED,
        Status.WRONG_CARD,
        Status.NO_SUCH_ITEM,
        Status.CHECKSUM_ERROR,
    }
    assert set(BY_STATUS) == set(Status) - {Status.OK, Status.FOUND}


def test_a_closed_reader_is_a_fault_and_no_crash(reader: SamReader) -> None:
    reader.close()
    with pytest.raises(DeviceFailed):
        reader.poll()


def test_no_log_carries_the_number(
    reader: SamReader, device: SimulatedDevice, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    device.command("put", "测试甲", MALE)
    poll(reader)
    device.command("lift")
    device.command("put", "测试乙", MALE[:-1] + "Z")
    poll(reader)
    assert "430602" not in caplog.text
    assert "测试" not in caplog.text


def test_a_card_takes_little_longer_than_the_line() -> None:
    with simulated_device("idcard", "--line", "pty", "--baud", "115200") as device:
        reader = open_id_reader(device.spec)
        assert reader is not None
        reader.open()
        reader.poll()
        device.command("put", "测试甲", MALE)
        begin = time.monotonic()
        assert isinstance(reader.poll()[-1], CardRead)
        assert time.monotonic() - begin < 0.6
        reader.close()


def test_a_reader_that_is_not_there_cannot_be_opened() -> None:
    reader = open_id_reader("sam:serial:///dev/does-not-exist")
    assert reader is not None
    with pytest.raises(DeviceCannotOpen):
        reader.open()
