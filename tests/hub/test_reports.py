"""Heartbeats: the newest is kept, changes are facts, silence is never taken for health."""

from dataclasses import dataclass
from datetime import timedelta
from typing import get_args

import pytest

from hardware.device import DeviceState
from shared.client.api import HubRefused
from shared.protocol import messages as m
from shared.services.reports import SILENT_SECONDS, WRITE_SECONDS, ReportBook
from shared.testing import MONDAY_MORNING, RunningHub

ROLES = (("citizen-kiosk", 30), ("counter", 300), ("display", 60))


def parts(**states: m.PartState) -> list[m.PartReport]:
    return [m.PartReport(kind=kind, state=state) for kind, state in states.items()]


@dataclass
class Seconds:
    """A monotonic clock moved by hand."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def row(device: int, role: str = "citizen-kiosk", revoked: int | None = None) -> tuple[object, ...]:
    return (device, f"设备{device}", role, None, 1_700_000_000_000, revoked)


def unit_of(hub: RunningHub, name: str) -> m.Unit:
    return next(unit for unit in hub.operator.ask(m.Units, "devices_state").units if unit.name == name)


def test_reports_know_every_state_of_the_hardware() -> None:
    assert set(get_args(m.PartState)) == {state.value for state in DeviceState}


def test_a_report_is_kept_and_its_changes_are_facts(hub: RunningHub) -> None:
    kiosk = hub.with_credential(hub.enrol("citizen-kiosk", "一号取号机"))
    assert unit_of(hub, "一号取号机").link == "silent", "nothing is known before the first report"
    before = hub.operator.call("health").seq
    kiosk.call("report_parts", m.ReportParts(parts=parts(printer="ready", idcard="unknown")))
    unit = unit_of(hub, "一号取号机")
    assert (unit.link, [(p.kind, p.state) for p in unit.parts]) == (
        "heard",
        [("printer", "ready"), ("idcard", "unknown")],
    )
    assert hub.operator.call("health").seq == before + 2
    for _ in range(20):
        kiosk.call("report_parts", m.ReportParts(parts=parts(printer="ready", idcard="unknown")))
    assert hub.operator.call("health").seq == before + 2, "a heartbeat without news is not written"


def test_a_revoked_device_shows_as_such(hub: RunningHub) -> None:
    kiosk = hub.with_credential(hub.enrol("citizen-kiosk", "旧取号机"))
    kiosk.call("report_parts", m.ReportParts(parts=parts(printer="ready")))
    hub.operator.call("revoke_device", m.Nothing(), id=unit_of(hub, "旧取号机").id)
    unit = unit_of(hub, "旧取号机")
    assert (unit.link, unit.parts[0].state) == ("revoked", "unknown")
    with pytest.raises(HubRefused, match="revoked"):
        kiosk.call("report_parts", m.ReportParts(parts=parts(printer="ready")))


def test_a_clerk_reports_for_the_counter(hub: RunningHub) -> None:
    clerk = hub.clerk("1004")
    clerk.call("report_parts", m.ReportParts(parts=parts(keypad="error")))
    units = hub.operator.ask(m.Units, "devices_state").units
    assert [p.state for unit in units for p in unit.parts if p.kind == "keypad"] == ["error"]


def test_managers_alone_see_the_states(hub: RunningHub) -> None:
    for client in (hub.client("citizen-kiosk"), hub.clerk("1002")):
        with pytest.raises(HubRefused, match="forbidden"):
            client.call("devices_state")


def test_a_whole_hall_of_heartbeats_leaves_the_writer_alone() -> None:
    """390 devices for ten minutes: as many changes as things changed, and no more."""
    seconds, now = Seconds(), MONDAY_MORNING
    book = ReportBook(seconds)
    devices = range(sum(count for _, count in ROLES))
    written = 0
    for turn in range(40):
        for device in devices:
            state: m.PartState = "paper_out" if device == 7 and turn >= 20 else "ready"
            written += len(book.take(device, parts(printer=state, idcard="ready"), now))
        seconds.now += 15
        now += timedelta(seconds=15)
    assert written == 2 * len(devices) + 1


def test_silence_is_unknown_and_worst_comes_first() -> None:
    seconds, now = Seconds(), MONDAY_MORNING
    book = ReportBook(seconds)
    book.take(1, parts(printer="ready"), now)
    seconds.now += SILENT_SECONDS - 1
    book.take(2, parts(printer="near_end"), now)
    book.take(3, parts(printer="ready"), now)
    book.take(4, parts(printer="cover_open"), now)
    rows = [row(n) for n in range(1, 5)] + [row(5, revoked=1), row(6, "manager")]
    assert book.view(rows[:1], now).all_fine
    assert [unit.id for unit in book.view(rows, now).units] == [4, 2, 1, 3, 5]
    seconds.now += 1
    units = book.view(rows, now).units
    assert [(unit.id, unit.link) for unit in units][:2] == [(1, "silent"), (4, "heard")]
    assert units[0].parts[0].state == "unknown"
    assert not book.view(rows[:1], now).all_fine


def test_all_is_fine_only_when_somebody_said_so() -> None:
    book, now = ReportBook(Seconds()), MONDAY_MORNING
    assert not book.view([], now).all_fine
    assert not book.view([row(1, revoked=1)], now).all_fine
    book.take(2, [], now)
    assert book.view([row(1, revoked=1), row(2)], now).all_fine


def test_a_flickering_part_is_written_seldom_and_in_the_end_rightly() -> None:
    seconds, now = Seconds(), MONDAY_MORNING
    book = ReportBook(seconds)
    written = []
    for turn in range(100):
        seconds.now += 0.1
        state: m.PartState = "ready" if turn % 2 else "silent"
        written += book.take(1, parts(printer=state), now)
    assert len(written) <= 1 + 10 / WRITE_SECONDS
    seconds.now += WRITE_SECONDS
    written += book.take(1, parts(printer="error"), now)
    assert written[-1].state == "error"


def test_what_did_not_reach_the_disk_is_brought_again() -> None:
    book, now = ReportBook(Seconds()), MONDAY_MORNING
    first = book.take(1, parts(printer="ready"), now)
    book.forget_written(1)
    assert book.take(1, parts(printer="ready"), now) == first


def test_a_part_that_is_left_out_is_gone() -> None:
    seconds = Seconds()
    book = ReportBook(seconds)
    book.take(1, parts(printer="ready"), MONDAY_MORNING)
    seconds.now += WRITE_SECONDS
    assert [(c.kind, c.state) for c in book.take(1, [], MONDAY_MORNING)] == [("printer", "gone")]
