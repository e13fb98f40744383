"""Builders and helpers for tests, rehearsals and the demo. They ship: whoever adapts the hall needs them."""

import atexit
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from shared.client.api import HubClient
from shared.config import ClerkConfig, HallConfig, LaneConfig, MatterConfig, WindowConfig
from shared.domain.estimate import Estimator
from shared.domain.hours import parse_hours
from shared.domain.identity import check_character
from shared.domain.moments import HALL_ZONE, to_millis
from shared.domain.pin import EnrolmentCode
from shared.protocol import messages as m
from shared.services.founding import found_hall
from shared.services.hall import HallPlan, load_plan
from shared.store.authority import Authority, create_authority, load_authority
from shared.store.house import House
from shared.store.keys import Keys, load_keys
from shared.store.queries import sql
from shared.store.sqlite import Connection, connect
from shared.store.transaction import Chain, Transaction

T = TypeVar("T")

MONDAY_MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=HALL_ZONE)
PIN = "246810"
ALWAYS_OPEN = ("Mon-Sun 00:00-24:00", "holidays open")


def id_number(birth: str = "19800101", serial: int = 1) -> str:
    """A synthetic ID number that is right: Yueyang's area code, `birth` as YYYYMMDD, a serial below 1000."""
    first = f"430602{birth}{serial:03d}"
    return first + check_character(first)


def small_hall(*, hours: Sequence[str] = ALWAYS_OPEN, windows: int = 3, clerks: int = 4) -> HallConfig:
    """A hall of three lanes: A and B served by every window, C by the last one only."""
    letters = (("A", "综合", "General"), ("B", "工程建设", "Construction"), ("C", "不动产", "Real estate"))
    lanes = tuple(
        LaneConfig(
            letter=letter,
            name=name,
            name_en=name_en,
            place="一楼",
            place_en="1F",
            hours=parse_hours(list(hours)),
            minutes_per_person=5.0,
        )
        for letter, name, name_en in letters
    )
    desks = tuple(
        WindowConfig(
            no=no,
            name=f"综合窗口{no}",
            kind="general",
            place="一楼",
            lanes=("A", "B", "C") if no == windows else ("A", "B"),
        )
        for no in range(1, windows + 1)
    )
    matters = (
        MatterConfig(
            id="yyzz-bg",
            name="营业执照变更",
            name_en="Change a business licence",
            lane="A",
            department="市市场监管局",
            materials=("营业执照", "身份证"),
            promise_days=3,
            aliases=("执照",),
        ),
        MatterConfig(
            id="bdc-sc",
            name="商品房首次交易登记",
            name_en="First sale of a home",
            lane="C",
            department="市自然资源和规划局",
            materials=("身份证", "购房合同"),
            promise_days=1,
            aliases=("房产证",),
        ),
    )
    people = tuple(
        ClerkConfig(number=f"10{n:02d}", name=f"李明{n}", role="clerk", pin=PIN) for n in range(1, clerks + 1)
    )
    manager = ClerkConfig(number="9001", name="王主任", role="manager", pin=PIN)
    return HallConfig(
        name="小厅",
        name_en="Small hall",
        sample=True,
        public_url=None,
        languages=("zh", "en"),
        lanes=lanes,
        windows=desks,
        matters=matters,
        clerks=(*people, manager),
        notices=(),
    )


@dataclass(slots=True)
class Rehearsal:
    """A hall without network: services run against the real store, at moments the test chooses."""

    house: House
    connection: Connection
    keys: Keys
    plan: HallPlan
    estimator: Estimator
    now: datetime = MONDAY_MORNING
    facts: list[Any] = field(default_factory=list)

    def run(self, work: Callable[[Transaction], T], actor: str = "device:1") -> T:
        """Run `work` in a transaction of its own; a refusal leaves nothing."""
        tx = Transaction(self.connection, self.now, actor, self.keys, Chain.load(self.connection))
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(tx)
            tx.chain.save(self.connection)
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")
        self.facts += tx.facts
        for callback in tx.after_commit:
            callback()
        return result

    def later(self, **step: float) -> None:
        """Let time pass: `later(minutes=5)`."""
        self.now += timedelta(**step)


_founded: dict[tuple[str, datetime], "TemporaryDirectory[str]"] = {}


def _found(house: House, config: HallConfig, now: datetime) -> None:
    """Found a hall, or copy one that was founded alike: hashing PINs is slow by design."""
    alike = (repr(config), now)
    if alike not in _founded:
        _founded[alike] = TemporaryDirectory(prefix="hall-")
        atexit.register(_founded[alike].cleanup)
        found_hall(House(Path(_founded[alike].name)), config, now)
    shutil.copytree(_founded[alike].name, house.folder, dirs_exist_ok=True)
    house.authority.unlink()  # no two halls have the same
    create_authority(house.authority)


@contextmanager
def rehearsal(folder: Path, config: HallConfig | None = None) -> Iterator[Rehearsal]:
    """A fresh hall in `folder`."""
    house = House(folder)
    _found(house, config or small_hall(), MONDAY_MORNING)
    connection = connect(house.database)
    plan = load_plan(connection)
    estimator = Estimator({lane.letter: lane.minutes_per_person for lane in plan.lanes.values()})
    try:
        yield Rehearsal(house, connection, load_keys(house.key), plan, estimator)
    finally:
        connection.close()


@dataclass(slots=True)
class RunningHub:
    """A hub in a process of its own."""

    house: House
    url: str
    process: "subprocess.Popen[str]"
    arguments: tuple[str, ...]
    clients: list[HubClient] = field(default_factory=list)

    @property
    def secure_url(self) -> str:
        """The same port over TLS, as devices elsewhere come in."""
        return self.url.replace("http://", "https://")

    @property
    def authority(self) -> Authority:
        """Who vouches for the hub."""
        return load_authority(self.house.authority)

    @property
    def operator(self) -> HubClient:
        """A client with the operator's credential."""
        return self.with_credential(self.house.operator_token.read_text("ascii").strip())

    def with_credential(self, credential: str | None) -> HubClient:
        """A client that is closed with the hub."""
        self.clients.append(HubClient(self.url, credential))
        return self.clients[-1]

    def pinned(self, credential: str | None) -> HubClient:
        """A client over TLS that has pinned the authority; it is closed with the hub."""
        self.clients.append(HubClient(self.secure_url, credential, authority=self.authority.pem))
        return self.clients[-1]

    def code(self, role: m.Role, name: str = "设备", window: int | None = None) -> str:
        """A whole code, as `hall enrol` prints it."""
        offer = self.operator.call("offer_device", m.OfferDevice(role=role, name=name, window=window))
        return str(EnrolmentCode(offer.code, self.authority.fingerprint))

    def enrol(self, role: m.Role, name: str = "设备", window: int | None = None) -> str:
        """Enrol a device; returns its credential."""
        offer = self.operator.call("offer_device", m.OfferDevice(role=role, name=name, window=window))
        enrolled = self.with_credential(None).call("enrol", m.Enrol(code=offer.code))
        token: str = enrolled.token
        return token

    def client(self, role: m.Role, window: int | None = None) -> HubClient:
        """A client of a newly enrolled device."""
        return self.with_credential(self.enrol(role, window=window))

    def clerk(self, number: str = "1001", window: int | None = None) -> HubClient:
        """A client of a signed-in clerk at a new counter, with `window` opened when it is given."""
        counter = self.client("counter")
        signed_in = counter.call("sign_in", m.SignIn(clerk=number, pin=PIN))
        clerk = self.with_credential(signed_in.token)
        if window is not None:
            clerk.call("open_window", m.Nothing(), no=window)
        return clerk

    def kill(self) -> None:
        """End it as a power cut would (SIGKILL)."""
        self.process.kill()
        self.process.wait(10)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def stop(self) -> None:
        """End it as its operator does (SIGTERM)."""
        self.process.terminate()
        self.process.wait(30)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def restart(self) -> None:
        """Start it again on the same files and the same port."""
        port = self.url.rpartition(":")[2]
        self.process, self.url = _start_hub(self.house.folder, (*self.arguments, "--port", port))


@contextmanager
def running_hub(
    folder: Path, config: HallConfig | None = None, *arguments: str, founded: datetime = MONDAY_MORNING
) -> Iterator[RunningHub]:
    """A real hub on a fresh hall in `folder`. Its clock starts at `founded`, unless `arguments` say more.

    Pass `config=load_hall(sample_path("yueyang"))` for the sample hall.
    """
    house = House(folder)
    _found(house, config or small_hall(), founded)
    given = arguments or ("--start", founded.isoformat())
    process, url = _start_hub(folder, (*given, "--port", "0"))
    hub = RunningHub(house, url, process, given)
    try:
        yield hub
    finally:
        for client in hub.clients:
            client.close()
        hub.process.terminate()
        hub.process.wait(10)
        if hub.process.stdout is not None:
            hub.process.stdout.close()


def _start_hub(folder: Path, arguments: Sequence[str]) -> tuple["subprocess.Popen[str]", str]:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "shared.hub",
            "--data",
            str(folder),
            "--host",
            "127.0.0.1",
            "--quiet",
            *arguments,
        ],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    if process.stdout is None:
        raise RuntimeError("the hub has no output to read its address from")
    line = process.stdout.readline()
    if "hub ready on" not in line:
        process.kill()
        process.wait()
        raise RuntimeError(f"the hub did not start: {line!r}")
    return process, line.split()[-1]


def put_slots(
    house: House, lane: str, first: datetime, *, places: Sequence[int], minutes: int = 15
) -> list[int]:
    """Write slots one after another into a hall's file, beside its hub if one runs; returns their ids."""
    found = []
    with closing(connect(house.database)) as connection:
        for n, offered in enumerate(places):
            start = first + n * timedelta(minutes=minutes)
            row = (lane, start.date().isoformat(), to_millis(start), minutes, offered, offered)
            connection.execute(sql("put_slot"), row)
            query = "SELECT id FROM slots WHERE lane = ? AND start = ?"
            found.append(connection.execute(query, (lane, to_millis(start))).fetchone()[0])
    return found
