"""Founding a hall: a folder, a key, a file, and the plan written into it."""

import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from shared.config import ClerkConfig, HallConfig
from shared.domain.moments import due_day
from shared.services.access import add_device, hash_pin
from shared.services.workdays import change_workdays
from shared.store.audit import START_LINK
from shared.store.authority import create_authority
from shared.store.durable import make_folder, sync_folder, write_private
from shared.store.house import House
from shared.store.keys import create_key_file, load_keys
from shared.store.migrations import migrate
from shared.store.queries import sql
from shared.store.search import index_matters
from shared.store.sqlite import Connection, connect
from shared.store.transaction import Chain, Transaction


def found_hall(house: House, config: HallConfig, now: datetime, workdays: str = "") -> None:
    """Make a new hall, on the disk when this returns: what it needs is more than SQLite syncs.

    Raises FileExistsError when the folder holds one; leaves nothing half made.
    `workdays` is the text of its changes against the published work calendar.
    """
    if house.database.exists() or house.key.exists():
        raise FileExistsError(f"there is a hall in {house.folder} already")
    made = make_folder(house.folder)
    try:
        create_key_file(house.key)
        create_authority(house.authority)
        _write(house, config, now, workdays)
        for folder in (house.folder, *(each.parent for each in made)):
            sync_folder(folder)
    except BaseException:
        _remove(house, whole_folder=bool(made))
        raise


def _write(house: House, config: HallConfig, now: datetime, workdays: str) -> None:
    connection = connect(house.database)
    house.database.chmod(0o600)
    try:
        migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        _insert_plan(connection, config, now)
        chain = Chain(0, START_LINK)
        tx = Transaction(connection, now, "hub", load_keys(house.key), chain)
        rules = config.rules.as_data()
        tx.execute(sql("insert_rules"), (tx.millis, tx.actor, _json(rules)))
        tx.fact("hall.configured", config=_digest(config).hex(), hall=config.name, rules=rules)
        change_workdays(tx, workdays)
        operator = add_device(tx, "manager", "operator", None, operator=True)
        chain.save(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()
    if config.messages is not None:
        write_private(house.gateway, config.messages.in_file())
    write_private(house.operator_token, operator.token + "\n")


def _insert_plan(connection: Connection, config: HallConfig, now: datetime) -> None:
    day = due_day(now, config.day_change).isoformat()
    connection.execute(
        "INSERT INTO hall (id, name, name_en, sample, public_url, languages, day_change, day, head_seq, "
        "head_link, config) VALUES (1, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
        (
            config.name, config.name_en, int(config.sample), config.public_url, ",".join(config.languages),
            config.day_change.isoformat("minutes"), day,
            START_LINK, _digest(config),
        ),
    )  # fmt: skip
    for position, lane in enumerate(config.lanes):
        connection.execute(
            "INSERT INTO lanes (letter, position, name, name_en, place, place_en, hours, minutes_per_person, "
            "on_kiosk) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (lane.letter, position, lane.name, lane.name_en, lane.place, lane.place_en,
             _json(lane.hours.in_config()), lane.minutes_per_person, int(lane.on_kiosk)),
        )  # fmt: skip
    for window in config.windows:
        connection.execute(
            "INSERT INTO windows (no, name, kind, place, takes, hours) VALUES (?, ?, ?, ?, ?, ?)",
            (
                window.no,
                window.name,
                window.kind,
                window.place,
                str(window.also_when),
                _json([] if window.hours is None else window.hours.in_config()),
            ),
        )
        skills = [(letter, 0) for letter in window.lanes] + [(letter, 1) for letter in window.also]
        for letter, helped in skills:
            connection.execute("INSERT INTO window_lanes VALUES (?, ?, ?)", (window.no, letter, helped))
    for position, matter in enumerate(config.matters):
        connection.execute(
            "INSERT INTO matters VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (matter.id, position, matter.lane, matter.name, matter.name_en, matter.department,
             _json(list(matter.materials)), matter.promise_days, matter.minutes, int(matter.bundle),
             matter.audience, matter.note),
        )  # fmt: skip
    index_matters(connection, config.matters)
    for clerk, pin in zip(config.clerks, _hashed_pins(config.clerks), strict=True):
        connection.execute(
            "INSERT INTO clerks (number, name, role, pin) VALUES (?, ?, ?, ?)",
            (clerk.number, clerk.name, clerk.role, pin),
        )
    for notice in config.notices:
        connection.execute("INSERT INTO notices (zh, en) VALUES (?, ?)", (notice.zh, notice.en))


def _hashed_pins(clerks: tuple[ClerkConfig, ...]) -> list[str]:
    """Hash all PINs at once: each is slow by design, and the library lets others run meanwhile."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(hash_pin, [clerk.pin for clerk in clerks]))


def _digest(config: HallConfig) -> bytes:
    """Tells one configuration from another; `repr` of frozen values hides no field but the PINs."""
    return hashlib.sha256(repr(config).encode()).digest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _remove(house: House, *, whole_folder: bool) -> None:
    if whole_folder:
        shutil.rmtree(house.folder, ignore_errors=True)
        return
    for path in house.folder.glob("hall.*"):
        path.unlink(missing_ok=True)
    for path in (house.authority, house.operator_token, house.gateway):
        path.unlink(missing_ok=True)
