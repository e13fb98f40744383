"""A slot is never oversold: hundreds of bookings at once, two hub clients, eight processes, kill -9.

The control is the usual mistake, counting before the lock is held and inserting after it: the same proof
must catch it.
"""

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from shared.client.api import HubClient, HubRefused
from shared.client.errors import HubUnreachable
from shared.domain.moments import HALL_ZONE
from shared.domain.refusals import Refused
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.protocol.request_id import new_request_id
from shared.services import booking, booking_hold
from shared.services.hall import load_plan
from shared.store.bookings import SlotRow, get_slot
from shared.store.house import House
from shared.store.keys import load_keys
from shared.store.sqlite import connect
from shared.store.transaction import Chain, Transaction
from shared.testing import MONDAY_MORNING, RunningHub, id_number, put_slots, rehearsal, running_hub

MATTER = "yyzz-bg"
MORNING = (MONDAY_MORNING + timedelta(days=1)).replace(hour=9, minute=0, tzinfo=HALL_ZONE)
PROCESSES, TRIES, SLOTS, PLACES = 8, 60, 10, 10
CROWD = 500
PAUSE = 0.02
"""Seconds the control takes between count and lock, so that its mistake does not wait for bad luck."""


def card(serial: int) -> m.Identity:
    return m.Identity(number=id_number(f"19{50 + serial // 900:02d}0101", serial % 900 + 1), name="王小明")


def held(house: House) -> Counter[int]:
    """Live bookings of each slot, as the rows say: the slot's own count is not asked."""
    with closing(connect(house.database, read_only=True)) as connection:
        rows = connection.execute("SELECT slot FROM bookings WHERE state IN ('reserved', 'confirmed')")
        return Counter(slot for (slot,) in rows)


def counted(house: House) -> dict[int, tuple[int, int]]:
    """What each slot says of itself: taken and places."""
    with closing(connect(house.database, read_only=True)) as connection:
        return {
            slot: (taken, places)
            for slot, taken, places in connection.execute("SELECT id, taken, places FROM slots")
        }


# -- eight processes on the file ---------------------------------------------------------------------


counted_before: dict[int, SlotRow] = {}
"""What the control believes of each slot."""


def count_first(tx: Transaction, slot: SlotRow) -> None:
    """The control: it goes by the count that was read before the lock was held."""
    believed = counted_before[slot.id]
    if believed.taken >= believed.offered:
        raise Refused("slot_full")
    tx.execute("UPDATE slots SET taken = ? WHERE id = ?", (believed.taken + 1, slot.id))


def try_to_book(folder: Path, process: int, counts_first: bool) -> int:
    """Book with 60 different people, each in a slot by chance; how many held a place."""
    house, chance, got = House(folder), random.Random(process), 0
    if counts_first:
        booking_hold.take_place = count_first
    with closing(connect(house.database)) as connection:
        plan, keys = load_plan(connection), load_keys(house.key)
        slots = [row[0] for row in connection.execute("SELECT id FROM slots ORDER BY id")]
        for n in range(TRIES):
            chosen = chance.choice(slots)
            if counts_first:
                counted_before[chosen] = get_slot(connection, chosen)
                time.sleep(PAUSE)
            connection.execute("BEGIN IMMEDIATE")
            chain = Chain.load(connection)
            tx = Transaction(connection, MONDAY_MORNING, "process", keys, chain)
            try:
                who = booking.applicant(tx, card(process * TRIES + n), "kiosk")
                booking.reserve(tx, plan, who, chosen, MATTER)
            except Refused as refused:
                connection.execute("ROLLBACK")
                if refused.code != "slot_full":
                    raise
            else:
                chain.save(connection)
                connection.execute("COMMIT")
                got += 1
    return got


def all_processes(folder: Path, counts_first: bool) -> int:
    """Run this file eight times at once; how many of all their people held a place."""
    running = [
        subprocess.Popen(
            [sys.executable, __file__, str(folder), str(n), str(int(counts_first))],
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(PROCESSES)
    ]
    said = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES
    return sum(map(int, said))


def test_eight_processes_fill_ten_slots_and_not_one_place_more(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        slots = put_slots(hall.house, "A", MORNING, places=[PLACES] * SLOTS)
        got = all_processes(hall.house.folder, counts_first=False)
        assert got == sum(held(hall.house).values()), "who was told yes has a place"
        assert max(held(hall.house).values()) <= PLACES
        assert got == PLACES * SLOTS
        assert counted(hall.house) == dict.fromkeys(slots, (PLACES, PLACES))


def test_the_proof_catches_counting_before_the_lock(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        put_slots(hall.house, "A", MORNING, places=[PLACES] * SLOTS)
        all_processes(hall.house.folder, counts_first=True)
        assert max(held(hall.house).values()) > PLACES


# -- five hundred at once through the hub ------------------------------------------------------------


def book(
    client: HubClient, slots: list[int], serial: int, request_id: str, patience: Callable[[], bool]
) -> bool:
    """Reserve and confirm as one citizen would, asking again with the same id while the answer is unknown."""
    body = b.Reserve(slot=slots[serial % len(slots)], matter=MATTER, identity=card(serial))
    while True:
        try:
            held = client.ask(b.Booking, "reserve", body, request_id=request_id)
            client.call("confirm_booking", m.Nothing(), token=held.token)
        except HubUnreachable:
            if not patience():
                raise
        except HubRefused as refused:
            if refused.code != "slot_full":
                raise
            return False
        else:
            return True


def crowd(
    hub: RunningHub, slots: list[int], at_once: int = 32, between: Callable[[], None] = lambda: None
) -> int:
    """Let everybody try, so many at once, while something happens in `between`; how many were told yes."""
    clients = [hub.client("citizen-kiosk"), hub.client("citizen-kiosk")]
    waiting = threading.Event()
    with ThreadPoolExecutor(at_once) as pool:
        tried = [
            pool.submit(book, clients[n % 2], slots, n, new_request_id(), lambda: not waiting.wait(0.1))
            for n in range(CROWD)
        ]
        try:
            between()
        except BaseException:
            waiting.set()  # nobody asks a hub again that stays away
            pool.shutdown(cancel_futures=True)
            raise
        return sum(each.result() for each in tried)


def require_exactly(house: House, slots: list[int], yes: int, places: int) -> None:
    assert yes == sum(held(house).values()) == places * len(slots), "everybody told yes, and nobody else"
    assert held(house) == Counter(dict.fromkeys(slots, places))
    assert counted(house) == dict.fromkeys(slots, (places, places))


def test_five_hundred_at_once_get_fifty_places_through_two_clients(tmp_path: Path) -> None:
    with running_hub(tmp_path / "hall") as hub:
        slots = put_slots(hub.house, "A", MORNING, places=[10] * 5)
        yes = crowd(hub, slots)
        require_exactly(hub.house, slots, yes, 10)


@pytest.mark.parametrize("after", [1, 8, 16])
def test_the_same_when_the_hub_is_killed_in_the_middle(tmp_path: Path, after: int) -> None:
    """Killed once so many places are on disk, while the others are being booked."""
    with running_hub(tmp_path / "hall") as hub:
        slots = put_slots(hub.house, "A", MORNING, places=[10] * 5)

        def kill() -> None:
            ends = time.monotonic() + 60
            while held(hub.house).total() < after:
                assert time.monotonic() < ends, "nobody books"
                time.sleep(0.001)
            hub.kill()
            assert after <= held(hub.house).total() < 50, "killed too late to prove anything"
            hub.restart()

        yes = crowd(hub, slots, 6, kill)
        require_exactly(hub.house, slots, yes, 10)


if __name__ == "__main__":
    given, process, first = sys.argv[1:]
    print(try_to_book(Path(given), int(process), first == "1"))  # noqa: T201
