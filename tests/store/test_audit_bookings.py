"""`hall check` sees a booking or a slot that was changed beside the services."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.protocol.messages import Identity
from shared.services import booking
from shared.store.audit import audit
from shared.store.transaction import Transaction
from shared.testing import MONDAY_MORNING, Rehearsal, id_number, put_slots, rehearsal

MATTER = "yyzz-bg"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Rehearsal]:
    """Two bookings: one confirmed and changed to the second slot, one cancelled."""
    with rehearsal(tmp_path / "hall") as hall:
        first, second = put_slots(hall.house, "A", MONDAY_MORNING + timedelta(days=1), places=[2, 2])

        def work(tx: Transaction) -> None:
            rows = [
                booking.reserve(
                    tx,
                    hall.plan,
                    booking.applicant(tx, Identity(number=id_number(serial=n), name="王小明"), "kiosk"),
                    first,
                    MATTER,
                )
                for n in (1, 2)
            ]
            booking.change(tx, hall.plan, booking.confirm(tx, hall.plan, rows[0]), second)
            booking.cancel(tx, hall.plan, rows[1])

        hall.run(work)
        yield hall


def test_what_the_services_wrote_holds_together(hall: Rehearsal) -> None:
    assert audit(hall.connection, hall.keys).wrong == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE slots SET taken = 0 WHERE id = 2", "slot 2: 0 places are said to be taken, 1 are"),
        ("UPDATE bookings SET state = 'missed' WHERE id = 1", "booking 1 (missed) is not as its last fact"),
        ("UPDATE bookings SET state = 'confirmed' WHERE id = 2", "booking 2 (confirmed) is not as its last"),
        ("UPDATE bookings SET slot = 1 WHERE id = 1", "booking 1 (confirmed) is not as its last fact says"),
        ("DELETE FROM bookings WHERE id = 2", "2 bookings were made, but the table has 1"),
    ],
)
def test_a_change_beside_the_services_is_named(hall: Rehearsal, change: str, told: str) -> None:
    hall.connection.execute(change)
    assert any(told in wrong for wrong in audit(hall.connection, hall.keys).wrong)
