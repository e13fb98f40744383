"""What devices say of their parts: the newest report of each in memory, its changes as facts.

A heartbeat that brings no news never reaches the writer: 400 devices at one every 15 seconds are 27 a second.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from shared.protocol.messages import Device, Part, PartReport, PartState, Unit, Units
from shared.services.access import device_view
from shared.store.transaction import Transaction

REPORT_SECONDS = 15
"""How often a device reports when nothing changes."""
SILENT_SECONDS = 45
"""Real seconds without a report after which a device counts as silent: three heartbeats."""
WRITE_SECONDS = 5
"""A part that flickers leaves facts no oftener than this; the heartbeat after brings what was passed over."""
GONE = "gone"
"""The state, in facts only, of a part that a device reports no longer."""

_SEVERITY: Mapping[PartState, int] = {"ready": 0, "near_end": 1, "unknown": 2}
_BROKEN, _SILENT, _REVOKED = 3, 4, -1


@dataclass(frozen=True, slots=True)
class Change:
    """A part went from one state to another; `was` is empty for a part not known before."""

    kind: str
    state: str
    was: str


@dataclass(slots=True)
class _Heard:
    """The newest of one device."""

    parts: dict[str, Part] = field(default_factory=dict)
    at: datetime | None = None
    second: float = 0.0
    written: dict[str, str] = field(default_factory=dict)
    written_second: float = float("-inf")


class ReportBook:
    """The newest report of each device. `seconds` is a clock that only grows, in real seconds.

    Silence is measured by it, for a rehearsal's clock may run faster than the devices report.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._heard: dict[int, _Heard] = {}

    def take(self, device: int, reports: Sequence[PartReport], now: datetime) -> list[Change]:
        """Keep a report; returns the changes that are to be written now."""
        heard = self._heard.setdefault(device, _Heard())
        heard.parts = {report.kind: _part(report, heard.parts.get(report.kind), now) for report in reports}
        heard.at, heard.second = now, self._seconds()
        if heard.second - heard.written_second < WRITE_SECONDS:
            return []
        changes = _changes(heard)
        if changes:
            heard.written = {kind: part.state for kind, part in heard.parts.items()}
            heard.written_second = heard.second
        return changes

    def forget_written(self, device: int) -> None:
        """The changes of the last `take` did not reach the disk: the next report brings them again."""
        self._heard[device].written.clear()
        self._heard[device].written_second = float("-inf")

    def view(self, rows: Iterable[tuple[object, ...]], now: datetime) -> Units:
        """All devices of the store's `rows` but managers' browsers, worst first."""
        units = [self._unit(device_view(row)) for row in rows]
        units = sorted((unit for unit in units if unit.role != "manager"), key=_rank)
        active = [unit for unit in units if unit.link != "revoked"]
        return Units(now=now, all_fine=bool(active) and all(map(is_fine, active)), units=units)

    def _unit(self, device: Device) -> Unit:
        heard = self._heard.get(device.id, _Heard())
        link = self._link(device, heard)
        return Unit(
            id=device.id,
            name=device.name,
            role=device.role,
            window=device.window,
            link=link,
            heard_at=heard.at,
            parts=[part if link == "heard" else _unknown(part, heard.at) for part in heard.parts.values()],
        )

    def _link(self, device: Device, heard: _Heard) -> Literal["heard", "silent", "revoked"]:
        if device.revoked_at is not None:
            return "revoked"
        is_heard = heard.at is not None and self._seconds() - heard.second < SILENT_SECONDS
        return "heard" if is_heard else "silent"


def record(tx: Transaction, device: int, changes: Sequence[Change]) -> None:
    """Write the changes as facts. Details stay out: they are for the technician, not for the record."""
    for change in changes:
        tx.fact("device.state_changed", device=device, kind=change.kind, state=change.state, was=change.was)


def is_fine(unit: Unit) -> bool:
    """Whether the device was heard of lately and every part of it said that it is ready."""
    return unit.link == "heard" and all(part.state == "ready" for part in unit.parts)


def severity(unit: Unit) -> int:
    """0 fine, 1 soon needs a person, 2 unknown, 3 a part is broken, 4 silent; -1 taken out of use."""
    if unit.link == "revoked":
        return _REVOKED
    if unit.link == "silent":
        return _SILENT
    return max((_SEVERITY.get(part.state, _BROKEN) for part in unit.parts), default=0)


def _rank(unit: Unit) -> tuple[int, str, int]:
    return (-severity(unit), unit.role, unit.id)


def _part(report: PartReport, before: Part | None, now: datetime) -> Part:
    since = before.since if before is not None and before.state == report.state else now
    return Part(kind=report.kind, state=report.state, detail=report.detail, since=since)


def _unknown(part: Part, since: datetime | None) -> Part:
    return Part(kind=part.kind, state="unknown", detail="", since=since or part.since)


def _changes(heard: _Heard) -> list[Change]:
    states = {kind: part.state for kind, part in heard.parts.items()}
    known = states | {kind: GONE for kind in heard.written if kind not in states}
    return [
        Change(kind, state, heard.written.get(kind, ""))
        for kind, state in known.items()
        if state != heard.written.get(kind)
    ]
