"""What booking should do, in a few dicts: the model that test_booking_machine compares with."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from shared.domain.moments import HALL_ZONE
from shared.domain.refusals import Refused
from shared.testing import MONDAY_MORNING

MATTERS = {"A": "yyzz-bg", "C": "bdc-sc"}
HOLD, OFFER, LAST_CALL = timedelta(minutes=5), timedelta(minutes=60), timedelta(minutes=1)
TODAY = MONDAY_MORNING.date()
TOMORROW = TODAY + timedelta(days=1)
GRID = [("A", TODAY, 15), ("A", TOMORROW, 9), ("C", TOMORROW, 9)]


@dataclass
class Live:
    """A booking that holds a place."""

    slot: int
    until: datetime | None
    serial: int
    offered: bool = False


@dataclass
class Model:
    """What the hall should think: places by slot, who holds one, who waits, in order."""

    now: datetime = MONDAY_MORNING
    places: dict[int, int] = field(default_factory=lambda: dict.fromkeys(range(len(GRID)), 1))
    live: dict[tuple[int, str], Live] = field(default_factory=dict)
    wishes: dict[tuple[int, str], tuple[date, str]] = field(default_factory=dict)
    made: int = 0

    def start(self, slot: int) -> datetime:
        return datetime.combine(GRID[slot][1], time(GRID[slot][2]), HALL_ZONE)

    def taken(self, slot: int) -> int:
        return sum(held.slot == slot for held in self.live.values())

    def free(self, slot: int) -> int:
        return max(self.places[slot] - self.taken(slot), 0)

    def ahead(self, slot: int) -> bool:
        return self.start(slot) > self.now + LAST_CALL

    def require(self, slot: int) -> None:
        if not self.ahead(slot):
            raise Refused("slot_past")
        if not self.free(slot):
            raise Refused("slot_full" if self.places[slot] else "slot_withdrawn")

    def reserve(self, person: int, slot: int) -> None:
        self.lapse()
        lane = GRID[slot][0]
        if not self.ahead(slot):
            raise Refused("slot_past")
        held = [(key, one) for key, one in self.live.items() if key[0] == person]
        if any(key[1] == lane for key, _ in held):
            raise Refused("booked_twice")
        if any(one.until for _, one in held):
            raise Refused("reservation_open")
        self.require(slot)
        self.hold(person, slot, self.now + HOLD)

    def hold(self, person: int, slot: int, until: datetime, *, offered: bool = False) -> None:
        self.made += 1
        self.live[person, GRID[slot][0]] = Live(slot, until, self.made, offered)

    def confirm(self, key: tuple[int, str]) -> None:
        held = self.live[key]
        if held.until is not None and held.until <= self.now:
            raise Refused("booking_over")
        if held.offered:
            del self.wishes[key]
        held.until, held.offered = None, False

    def change(self, key: tuple[int, str], slot: int) -> None:
        held = self.live[key]
        if held.slot == slot:
            return
        if GRID[slot][0] != key[1]:
            raise Refused("unknown_slot")
        if held.until is not None:
            raise Refused("booking_over")
        self.lapse()
        self.require(slot)
        before, held.slot = held.slot, slot
        self.offer(before)

    def release(self, key: tuple[int, str]) -> None:
        held = self.live.pop(key)
        if held.offered:
            del self.wishes[key]
        self.offer(held.slot)

    def lapse(self) -> None:
        over = [key for key, held in self.live.items() if held.until and held.until <= self.now]
        for key in sorted(over, key=lambda key: (self.live[key].until, self.live[key].serial)):
            self.release(key)

    def wait(self, person: int, lane: str, day: date) -> None:
        there = [n for n, (of, on, _) in enumerate(GRID) if (of, on) == (lane, day) and self.ahead(n)]
        if not any(self.places[n] for n in there):
            raise Refused("unknown_slot")
        if any(self.free(n) for n in there):
            raise Refused("day_not_full", day=day)
        if (person, lane) in self.wishes:
            raise Refused("already_waiting")
        self.wishes[person, lane] = day, "waiting"

    def offer(self, slot: int) -> None:
        while self.free(slot):
            until = min(self.now + OFFER, self.start(slot) - LAST_CALL)
            first = self.first_waiting(*GRID[slot][:2])
            if first is None or until - self.now < HOLD:
                return
            self.wishes[first] = self.wishes[first][0], "offered"
            self.hold(first[0], slot, until, offered=True)

    def first_waiting(self, lane: str, day: date) -> tuple[int, str] | None:
        for key, wish in self.wishes.items():
            reserved = any(k[0] == key[0] and held.until for k, held in self.live.items())
            if key[1] == lane and wish == (day, "waiting") and not reserved and key not in self.live:
                return key
        return None

    def look(self) -> None:
        self.lapse()
        for slot in range(len(GRID)):
            if self.ahead(slot):
                self.offer(slot)
