"""Who may see the managers' page: a browser that enrolled once, and a manager who signed in at it.

Both credentials are cookies that no script can read. Forms carry a token derived from a cookie of their own,
so a page elsewhere cannot send them.
"""

import asyncio
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from shared.domain.plain import plain
from shared.domain.refusals import Refused
from shared.hub.core import Hub, refused_in
from shared.hub.http import header_map, read_body
from shared.protocol.messages import Enrolled, SignedIn
from shared.protocol.routes import Permission
from shared.services import access
from shared.services.people import STRANGER, Actor
from shared.store.transaction import Transaction
from shared.store.writer import Reply

PATH = "/manage"
DEVICE, SESSION, FORM = "hall_device", "hall_session", "hall_form"
_SECONDS = {DEVICE: 365 * 24 * 3600, SESSION: 12 * 3600}
"""How long a cookie is kept; one that is not named ends with the browser."""
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. `browser` is enrolled for a manager, `manager` is signed in at it; None when not."""

    browser: Actor | None
    manager: Actor | None
    form: str

    @property
    def signed_in(self) -> Actor:
        """The manager. Raises Refused when there is none."""
        if self.manager is None:
            raise Refused("unauthenticated")
        return self.manager


class Entry:
    """Enrolling a browser, signing a manager in and out."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def visitor(self, request: Request) -> Visitor:
        """Who asks, by the cookies; a revoked or foreign credential counts as none."""
        browser = self._actor(Permission.HALL, request.cookies.get(DEVICE))
        manager = self._actor(Permission.MANAGE, request.cookies.get(SESSION))
        is_browser = browser is not None and browser.standing == "office"
        is_manager = (
            is_browser
            and browser is not None
            and manager is not None
            and manager.clerk is not None
            and manager.device == browser.device
        )
        form = request.cookies.get(FORM) or secrets.token_urlsafe(16)
        return Visitor(browser if is_browser else None, manager if is_manager else None, form)

    def _actor(self, permission: Permission, token: str | None) -> Actor | None:
        try:
            return self._hub.admit(permission, token) if token else None
        except Refused:
            return None

    def csrf(self, form: str) -> str:
        """What a form must carry for the cookie `form`."""
        return self._hub.keys.digest(b"manage form", form.encode()).hex()

    async def fields(self, request: Request) -> Mapping[str, str]:
        """The form's fields. Raises Refused("forbidden") when its token is not that of the cookie."""
        raw = await read_body(request.receive, header_map(request.scope))
        given = parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True)
        fields = {name: plain(text) for name, text in given}
        form = request.cookies.get(FORM, "")
        if not form or not hmac.compare_digest(fields.get("csrf", "").encode(), self.csrf(form).encode()):
            raise Refused("forbidden")
        return fields

    async def enrol(self, code: str, address: str) -> Enrolled:
        """Enrol this browser. A code for another role is refused, and stays good for its device."""
        self._hub.codes.check(address, self._hub.clock.now())

        def work(tx: Transaction) -> Enrolled:
            enrolled = access.enrol(tx, code)
            if enrolled.role != "manager":
                raise WrongRole
            return enrolled

        try:
            return await self.write(work, STRANGER)
        except Refused as refused:
            if refused.code == "bad_enrolment_code":
                self._hub.codes.count(address, self._hub.clock.now())
            raise

    async def sign_in(self, browser: Actor, number: str, pin: str) -> SignedIn:
        """Open a manager's session; five wrong PINs lock the number out, as at a counter."""
        self._hub.limits.pins(browser.device)
        stored = await asyncio.to_thread(access.stored_pin, self._hub.house.database, number)
        is_right = await asyncio.to_thread(access.check_pin, stored, pin)

        if not is_right:
            self._hub.limits.wrong_pin(browser.device)

        def work(tx: Transaction) -> SignedIn | Refused:
            if not is_right:
                return access.record_failure(tx, number)  # kept, so returned and not raised
            signed = access.sign_in(tx, browser, number)
            if signed.role != "manager":
                raise WrongRole
            return signed

        answer = await self.write(work, browser)
        if isinstance(answer, Refused):
            raise answer
        return answer

    async def sign_out(self, manager: Actor) -> None:
        """End the session."""
        await self.write(lambda tx: access.sign_out(tx, manager), manager)

    async def write(self, work: Callable[[Transaction], _Made], actor: Actor) -> _Made:
        """Run `work` in the writer; what it made, or the refusal it raised, once that is settled."""
        made: list[_Made] = []
        refused: list[Refused] = []

        def run(tx: Transaction) -> Reply:
            try:
                made.append(work(tx))
            except Refused as refusal:
                refused.append(refusal)
                raise
            return Reply(200, b"")

        reply = await self._hub.write(run, actor.name)
        if refused:
            raise refused[-1]
        if reply.status != 200:
            raise refused_in(reply)
        return made[-1]


class WrongRole(Refused):
    """A right code or PIN, but of somebody who is no manager."""

    def __init__(self) -> None:
        super().__init__("forbidden")


def keep(request: Request, response: Response, name: str, value: str) -> None:
    """Set one of our cookies, out of reach of scripts and of other sites."""
    response.set_cookie(
        name,
        value,
        max_age=_SECONDS.get(name),
        path=PATH,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def forget(response: Response, name: str) -> None:
    """Delete one of our cookies."""
    response.delete_cookie(name, path=PATH, httponly=True, samesite="strict")
