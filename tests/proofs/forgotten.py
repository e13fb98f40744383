"""S1, the other end: who was here is provably gone from the disk once their time is over.

A real hall with its second medium: people take numbers and book, with names, ID numbers, a telephone, a
note. Then its days move on. Every personal value that stood in the file is sought, byte by byte, in the
file, its log, and in what the second medium holds, unsealed. The control forgets without overwriting
(`secure_delete` off).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from shared.config.upkeep import BackupConfig, RetentionConfig, UpkeepConfig
from shared.domain.moments import HALL_ZONE
from shared.hub.nights import clear_log
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.services import taking
from shared.services.retention import Forgetting
from shared.store.audit import audit
from shared.store.frames import read_frames
from shared.store.house import House
from shared.store.keys import Keys, load_keys
from shared.store.medium import Medium
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, RunningHub, id_number, put_slots, rehearsal, running_hub

NAME, TELEPHONE, NOTE = "欧阳振华", "13912345678", "家住三单元"
KEEP, REMEMBERED = 2, 7
_PERSONAL = (
    "SELECT person FROM tickets UNION SELECT sealed_name FROM tickets UNION SELECT masked_id FROM tickets "
    "UNION SELECT holder FROM tickets UNION SELECT note FROM tickets UNION SELECT person FROM bookings "
    "UNION SELECT sealed_name FROM bookings UNION SELECT masked_id FROM bookings "
    "UNION SELECT holder FROM bookings UNION SELECT contact FROM bookings UNION SELECT person FROM wishes "
    "UNION SELECT contact FROM wishes"
)
_PATIENCE_SECONDS = 120.0


def personal(house: House) -> list[bytes]:
    """Every value of the file that says who somebody is."""
    with closing(connect(house.database, read_only=True)) as connection:
        values = [value for (value,) in connection.execute(_PERSONAL) if value]
    marks = {value if isinstance(value, bytes) else value.encode() for value in values}
    return sorted(mark for mark in marks if mark.strip(b"\x00"))


def places(house: House, medium: Medium | None, keys: Keys) -> Iterator[tuple[str, bytes]]:
    """All bytes that the hall keeps anywhere: the sealed ones opened."""
    for path in sorted(house.folder.iterdir()):
        if path.is_file():
            yield path.name, path.read_bytes()
    if medium is not None:
        for entry in (*medium.backup_entries(), *medium.journal_entries()):
            yield entry.path.name, b"".join(read_frames(entry.path, keys.medium_key))


def still_known(house: House, medium: Medium | None, keys: Keys, marks: Sequence[bytes]) -> list[str]:
    """A sentence for each place that still knows somebody."""
    found = []
    for name, content in places(house, medium, keys):
        if known := sum(mark in content for mark in marks):
            found.append(f"{name} still has {known} of {len(marks)} values that say who somebody is")
    return found


# -- a hall whose days move on ------------------------------------------------------------------------


def lived(folder: Path) -> tuple[list[bytes], list[str], list[str]]:
    """What said who people were; where it was found at first; where it is found in the end."""
    with running_hub(folder / "hall") as hub:
        hub.kill()
        keys, medium = load_keys(hub.house.key), Medium(folder / "medium")
        medium.folder.mkdir()
        medium.prepare(keys)
        backup = BackupConfig(folder=medium.folder, keep=KEEP)
        config = UpkeepConfig(backup=backup, retention=RetentionConfig(people=REMEMBERED))
        hub.house.upkeep.write_text(config.in_file(), "utf-8")
        slots = put_slots(hub.house, "A", MONDAY_MORNING + timedelta(days=1), places=[3] * 3)
        hub.restart()
        _visited(hub, slots)
        _until(lambda: bool(medium.backup_entries()))
        time.sleep(2)  # the journal has the rest
        marks = personal(hub.house)
        first = still_known(hub.house, medium, keys, marks)
        for day in (REMEMBERED + 2, REMEMBERED + 3):
            _later(hub, MONDAY_MORNING.date() + timedelta(days=day))
        hub.stop()
        with closing(connect(hub.house.database, read_only=True)) as connection:
            wrong = audit(connection, keys).wrong
        last = [*still_known(hub.house, medium, keys, marks), *wrong]
        if still := personal(hub.house):
            last.append(f"{len(still)} values still say who somebody is")
        hub.restart()
    return marks, first, last


def _visited(hub: RunningHub, slots: Sequence[int]) -> None:
    kiosk, clerk = hub.client("citizen-kiosk"), hub.clerk(window=1)
    for n in range(12):
        who = m.Identity(number=id_number(serial=n), name=NAME)
        kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A", identity=who))
    for n, slot in enumerate(slots, 100):
        who = m.Identity(number=id_number(serial=n), name=NAME)
        held = kiosk.ask(
            b.Booking, "reserve", b.Reserve(slot=slot, matter="yyzz-bg", identity=who, phone=TELEPHONE)
        )
        kiosk.call("confirm_booking", m.Nothing(), token=held.token)
    called = clerk.call("call_next", m.CallNext(), no=1)
    clerk.call("start_ticket", m.Nothing(), id=called.id)
    clerk.call("transfer_ticket", m.Transfer(lane="B", note=NOTE), id=called.id)


def _later(hub: RunningHub, day: date) -> None:
    """The hub in the morning of another day, until that night's work is done."""
    for client in hub.clients:
        client.close()
    hub.clients.clear()
    hub.stop()
    begins = datetime.combine(day, MONDAY_MORNING.time(), HALL_ZONE)
    hub.arguments = ("--start", begins.isoformat())
    hub.restart()
    for work in ("purge", "backup"):
        _until(lambda work=work: _done(hub.house, work) == day)  # type: ignore[misc]


def _done(house: House, work: str) -> date | None:
    with closing(connect(house.database, read_only=True)) as connection:
        row = connection.execute("SELECT good_at FROM upkeep WHERE work = ?", (work,)).fetchone()
    return None if row is None else datetime.fromtimestamp(row[0] / 1000, HALL_ZONE).date()


def _until(holds: Callable[[], bool]) -> None:
    limit = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > limit:
            raise TimeoutError("the night's work was not done")
        time.sleep(0.2)


# -- forgetting alone ---------------------------------------------------------------------------------


def forgotten_alone(folder: Path, *, overwritten: bool = True, people: int = 200) -> tuple[int, list[str]]:
    """How many values there were, and where they are after forgetting, on request without overwriting."""
    with rehearsal(folder) as hall:
        if not overwritten:
            hall.connection.execute("PRAGMA secure_delete = OFF")
        for n in range(people):
            who = m.Identity(number=id_number(f"19{10 + n % 80}0101", serial=n % 999), name=NAME)
            body = m.TakeTicket(channel="kiosk", lane="AB"[n % 2], identity=who)
            hall.run(lambda tx, body=body: taking.take_ticket(tx, hall.plan, hall.estimator, body))  # type: ignore[misc]
        marks = personal(hall.house)
        later = hall.now.date() + timedelta(days=REMEMBERED + 1)
        forgetting = Forgetting(replace(RetentionConfig(), people=REMEMBERED), later)
        for step in forgetting.steps():
            while hall.run(step):
                pass
        hall.run(forgetting.finish)
        clear_log(hall.house)
    return len(marks), still_known(hall.house, None, hall.keys, marks)
