"""S3: a stranger, or a device beyond its role, reads nothing personal and changes nothing.

Every route of the table, the event stream and every page is asked for without a credential, with a wrong one,
with revoked ones, and with those of every role that may not; over TLS, and in clear as from another machine,
where even who may is refused. Each answer must be the refusal that is meant, none may hold anything of the
people in this hall, and afterwards the hall's file is as it was.

The controls are hubs in which one check is gone (tests.proofs.careless_access).
"""

import asyncio
import re
import ssl
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import msgspec
from starlette.routing import BaseRoute
from starlette.routing import Route as PagePath

from shared.clock import SystemClock
from shared.hub.book_pages import book_paths
from shared.hub.core import Hub
from shared.hub.manage import manage_paths
from shared.hub.manage_entry import DEVICE, SESSION
from shared.hub.phone import phone_paths
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.protocol.routes import EVENTS_PATH, OPENAPI_PATH, ROUTES, Permission, Route
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, PIN, RunningHub, id_number, put_slots, rehearsal
from shared.testing_phone import MATTER
from tests.hub.callers import outside
from tests.hub.test_access import WHO_MAY, credentials_of, request_of
from tests.proofs.careless_access import MODES
from tests.proofs.hubs import PRODUCT, hub_of
from tests.proofs.outcome import Outcome

NAME, NUMBER, TELEPHONE = "欧阳慕白", id_number("19520229", 77), "13977774444"
MASKED = (f"{NAME[0]}*", NUMBER[:6] + "*", TELEPHONE[:3] + "*")
STREAM = Route("events", "GET", EVENTS_PATH, Permission.HALL, "", None)
KEPT = (
    "tickets",
    "devices",
    "sessions",
    "offers",
    "bookings",
    "notices",
    "lanes",
    "windows",
    "slots",
    "contacts",
)
OPEN_PAGES = frozenset({"/manage/page.js", "/manage/page.css", "/manage/sign-out"})
"""Two files without anybody in them, and the end of a session that the caller must have."""
_ENTRY = re.compile(r'action="/manage/(enrol|sign-in)"')


@dataclass
class Scene:
    """A hall with people in it, and the credentials of everybody who is in and who no longer is."""

    hub: RunningHub
    credentials: dict[str, str | None]
    personal: list[str]
    tried: int = 0
    callers: Iterator[str] = field(
        default_factory=lambda: (f"10.9.{n // 250}.{n % 250 + 1}" for n in count())
    )
    """Each from an address of its own: how often one may ask is not the question here."""

    def kept(self) -> dict[str, object]:
        """What nobody here may change: the facts that are not the hub's own, and the tables."""
        with closing(connect(self.hub.house.database, read_only=True)) as connection:
            told = connection.execute("SELECT count(*) FROM facts WHERE actor != 'hub'").fetchone()
            known = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            rows = {
                table: connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our own names
                for table in KEPT
                if table in known
            }
        return {"facts": told, **rows}

    def spied(self, text: str) -> str:
        """What of the people here stands in an answer; empty when nothing does."""
        return ", ".join(each for each in self.personal if each in text)


def peopled(hub: RunningHub) -> Scene:
    """A citizen with a number and one with a booking, a called one, clerks; and credentials of all kinds."""
    kiosk, clerk = hub.client("citizen-kiosk"), hub.clerk("1002", window=1)
    who = m.Identity(number=NUMBER, name=NAME)
    take = m.TakeTicket(channel="kiosk", lane="A", identity=who)
    taken = kiosk.ask(m.TakenTicket, "take_ticket", take)
    kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="B", identity=who))
    clerk.call("call_next", m.CallNext(), no=1)
    slot = put_slots(hub.house, "A", MONDAY_MORNING + timedelta(hours=23), places=[4])[0]
    wanted = b.Reserve(slot=slot, matter=MATTER, identity=who, phone=TELEPHONE)
    booking = kiosk.ask(b.Booking, "reserve", wanted)
    credentials: dict[str, str | None] = {"nobody": None, "wrong": "wrong"}
    gone = hub.enrol("counter", "走了")
    left = hub.with_credential(gone).ask(m.SignedIn, "sign_in", m.SignIn(clerk="1003", pin=PIN)).token
    number = next(device.id for device in hub.operator.call("devices").devices if device.name == "走了")
    hub.operator.call("revoke_device", m.Nothing(), id=number)
    credentials |= {"revoked": gone, "revoked session": left, **credentials_of(hub)}
    personal = [NAME, NUMBER, TELEPHONE, *MASKED, taken.url.rpartition("/")[2], booking.token, "李明"]
    return Scene(hub, credentials, personal)


# -- the table of routes -----------------------------------------------------------------------------------


def routes_over_tls(scene: Scene) -> Iterator[str]:
    """Every route as everybody who may not."""
    with secured(scene) as web:
        for route in (*ROUTES, STREAM):
            for who, token in scene.credentials.items():
                if route.permission is Permission.OPEN:
                    if who == "nobody" and not route.changes:
                        yield from _asked(scene, web, route, who, token, (200,), ())
                elif who not in WHO_MAY[route.permission]:
                    meant = ("unauthenticated", "revoked") if who in _NO_ONE else ("forbidden",)
                    yield from _asked(scene, web, route, who, token, (401, 403), meant)


def routes_in_clear(scene: Scene) -> Iterator[str]:
    """Every route as everybody, from another machine."""
    with outside(scene.hub) as web:
        for route in (*ROUTES, STREAM):
            for who, token in scene.credentials.items():
                web.headers["X-Forwarded-For"] = next(scene.callers)
                yield from _asked(scene, web, route, f"{who}, in clear", token, (403,), ("tls_required",))


_NO_ONE = frozenset({"nobody", "wrong", "revoked", "revoked session"})


def _asked(
    scene: Scene,
    web: httpx.Client,
    route: Route,
    who: str,
    token: str | None,
    statuses: Sequence[int],
    meant: Sequence[str],
) -> Iterator[str]:
    scene.tried += 1
    with web.stream(**request_of(route, None if token is None else f"Bearer {token}")) as answer:
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            yield f"{route.name} as {who}: the stream was opened"
            return
        text = answer.read().decode()
    if answer.status_code not in statuses:
        yield f"{route.name} as {who}: {answer.status_code}"
    elif meant and msgspec.json.decode(text, type=m.Problem).code not in meant:
        yield f"{route.name} as {who}: {text[:120]}"
    if spied := scene.spied(text):
        yield f"{route.name} as {who} says {spied}"


# -- the pages ---------------------------------------------------------------------------------------------


def page_paths(folder: Path) -> list[tuple[str, str]]:
    """(method, path) of every page, filled in with what a stranger can guess."""

    async def made() -> list[BaseRoute]:
        with rehearsal(folder) as hall:
            hub = Hub(hall.house, SystemClock())
            try:
                return [*phone_paths(hub), *book_paths(hub), *manage_paths(hub)]
            finally:
                hub.close()

    return [
        (method, _filled(path.path))
        for path in asyncio.run(made())
        if isinstance(path, PagePath)
        for method in sorted((path.methods or {"GET"}) - {"HEAD"})
    ]


def _filled(path: str) -> str:
    known = {"matter": MATTER, "day": "2026-11-24", "token": "1-" + "A" * 22, "name": "lanes"}
    return re.sub(r"{(\w+)(:int)?}", lambda found: known.get(found[1], "1"), path)


def pages_over_tls(scene: Scene, paths: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Every page as a browser with cookies of all kinds, but those of a manager at an enrolled browser."""
    told = scene.credentials
    cookies: dict[str, dict[str, str | None]] = {
        "nobody": {},
        "wrong": {DEVICE: "wrong", SESSION: "wrong"},
        "revoked": {DEVICE: told["revoked"], SESSION: told["revoked session"]},
        "office": {DEVICE: told["office"]},
        "office and another's session": {DEVICE: told["office"], SESSION: told["manager"]},
        "clerk": {DEVICE: told["office"], SESSION: told["clerk"]},
        "kiosk": {DEVICE: told["citizen-kiosk"], SESSION: told["citizen-kiosk"]},
    }
    for who, given in cookies.items():
        with secured(scene, {name: str(value) for name, value in given.items()}) as web:
            form = dict(re.findall(r'name="(csrf)" value="(\w+)"', web.get("/manage").text))
            for method, path in paths:
                yield from _looked(scene, web, method, path, who, form)


def pages_in_clear(scene: Scene, paths: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The managers' pages with right cookies, and the citizens' as a stranger, from another machine."""
    right = {DEVICE: str(scene.credentials["operator"]), SESSION: str(scene.credentials["manager"])}
    with outside(scene.hub) as web:
        web.cookies.update(right)
        for method, path in [*paths, ("GET", OPENAPI_PATH), ("GET", "/")]:
            web.headers["X-Forwarded-For"] = next(scene.callers)
            is_open = path.startswith(("/t/", "/b/", "/book")) or path == "/b"
            if is_open:
                yield from _looked(scene, web, method, path, "somebody in clear", {})
            else:
                scene.tried += 1
                if (answer := web.request(method, path)).status_code != 403 or scene.spied(answer.text):
                    yield f"{method} {path} in clear: {answer.status_code}"


def _looked(
    scene: Scene, web: httpx.Client, method: str, path: str, who: str, form: dict[str, str]
) -> Iterator[str]:
    scene.tried += 1
    fields = form | {"clerk": "1001", "code": "00000000", "day": "2026-11-24", "message": "1", "lane": "A"}
    sent = {"data": fields} if method == "POST" else {}
    with web.stream(method, path, **sent) as answer:  # type: ignore[arg-type]  # a form, or none
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            yield f"{method} {path} as {who}: the stream was opened"
            return
        text = answer.read().decode()
    is_kept_out = answer.status_code in (401, 403, 404, 405) or bool(_ENTRY.search(text))
    if path.startswith("/manage") and path not in OPEN_PAGES and not is_kept_out:
        yield f"{method} {path} as {who}: {answer.status_code}"
    if spied := scene.spied(text):
        yield f"{method} {path} as {who} says {spied}"


def secured(scene: Scene, cookies: dict[str, str] | None = None) -> httpx.Client:
    """Somebody over TLS who knows the hall's authority: that is public."""
    context = ssl.create_default_context(cadata=scene.hub.authority.pem)
    return httpx.Client(base_url=scene.hub.secure_url, verify=context, cookies=cookies, timeout=30)


# -- both forms --------------------------------------------------------------------------------------------


def tried_on(folder: Path, program: Sequence[str] = (PRODUCT,)) -> tuple[int, list[str]]:
    """All of it, on one hub."""
    paths = page_paths(folder / "paths")
    with ExitStack() as stack:
        scene = peopled(stack.enter_context(hub_of(folder / "hall", program)))
        before = scene.kept()
        wrong = [
            *routes_over_tls(scene),
            *routes_in_clear(scene),
            *pages_over_tls(scene, paths),
            *pages_in_clear(scene, paths),
        ]
        after = scene.kept()
        wrong += [f"{name} changed" for name in before if before[name] != after[name]]
    return scene.tried, wrong


def is_caught(folder: Path, mode: str) -> bool:
    """The same, on a hub in which one check is gone."""
    return bool(tried_on(folder, ("tests.proofs.careless_access", mode))[1])


def prove() -> Outcome:
    """The product, then each control."""
    with TemporaryDirectory(prefix="s03-") as made:
        tried, wrong = tried_on(Path(made, "product"))
        caught = all(is_caught(Path(made, mode), mode) for mode in MODES)
    return Outcome("S3", tried, wrong, caught)


if __name__ == "__main__":
    sys.exit(0 if prove().holds else 1)
