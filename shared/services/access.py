"""Devices enrol once with a short-lived code; clerks sign in with number and PIN."""

import secrets
from collections import deque
from datetime import datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from shared.domain.moments import from_millis
from shared.domain.refusals import Refused
from shared.protocol.messages import Device, DeviceOffer, Enrolled, OfferDevice, SignedIn
from shared.services.people import Actor
from shared.services.windows import close_window, get_window, window_of_clerk
from shared.store.keys import new_token, token_digest
from shared.store.queries import sql
from shared.store.sqlite import Connection, connect
from shared.store.transaction import Transaction

CODE_DIGITS = 8
CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 20
"""Wrong codes within CODE_LIFE, from anywhere, after which nobody enrols for that long."""
PIN_TRIES = 5
LOCK_OUT = timedelta(minutes=15)

_hasher = PasswordHasher()
_NO_CLERK = _hasher.hash(secrets.token_hex(8))


def hash_pin(pin: str) -> str:
    """A PIN as it is stored (argon2id). Raises Refused("weak_pin") unless it has 4 to 12 digits."""
    if not (pin.isascii() and pin.isdecimal() and 4 <= len(pin) <= 12):
        raise Refused("weak_pin")
    return _hasher.hash(pin)


def stored_pin(database: Path, clerk: str) -> str:
    """The clerk's stored PIN, or one that nobody has, so that an unknown number takes as long to refuse."""
    connection = connect(database, read_only=True)
    try:
        row = connection.execute(sql("clerk"), (clerk,)).fetchone()
        return _NO_CLERK if row is None else str(row[3])
    finally:
        connection.close()


def check_pin(stored: str, pin: str) -> bool:
    """Whether the PIN is right. Slow by design (argon2): never runs in the writer or the event loop."""
    try:
        return _hasher.verify(stored, pin)
    except (VerifyMismatchError, InvalidHashError):
        return False


def sign_in(tx: Transaction, actor: Actor, clerk: str) -> SignedIn:
    """Open a session at a counter for a clerk whose PIN was right; a lock-out holds all the same."""
    row = tx.execute(sql("clerk"), (clerk,)).fetchone()
    if row is None:
        raise Refused("bad_sign_in")
    number, name, role, _, _, locked_until = row
    if locked_until is not None and tx.millis < locked_until:
        raise Refused("locked_out", minutes=-(-(locked_until - tx.millis) // 60_000))
    tx.execute(sql("clerk_failed"), (0, None, number))
    token = new_token()
    tx.execute(sql("insert_session"), (token_digest(token), number, actor.device, tx.millis)).fetchone()
    tx.fact("clerk.signed_in", clerk=number, device=actor.device)
    return SignedIn(token=token, clerk=number, name=name, role=role)


def record_failure(tx: Transaction, clerk: str) -> Refused:
    """Count a wrong PIN; returns the refusal to give, so that the count itself is kept."""
    row = tx.execute(sql("clerk"), (clerk,)).fetchone()
    if row is None:
        return Refused("bad_sign_in")
    number, _, _, _, failures, locked_until = row
    if locked_until is not None and tx.millis < locked_until:
        return Refused("locked_out", minutes=-(-(locked_until - tx.millis) // 60_000))
    if failures + 1 < PIN_TRIES:
        tx.execute(sql("clerk_failed"), (failures + 1, None, number))
        return Refused("bad_sign_in")
    until = tx.millis + round(LOCK_OUT.total_seconds() * 1000)
    tx.execute(sql("clerk_failed"), (0, until, number))
    tx.fact("clerk.locked_out", clerk=number)
    return Refused("locked_out", minutes=round(LOCK_OUT.total_seconds() / 60))


def sign_out(tx: Transaction, actor: Actor) -> None:
    """End the session; a window that is still the clerk's must be empty, and closes."""
    window = window_of_clerk(tx.connection, actor.as_clerk())
    if window is not None:
        close_window(tx, actor, window)
    tx.execute(sql("end_session"), (tx.millis, actor.session))
    tx.fact("clerk.signed_out", clerk=actor.clerk, session=actor.session)


class CodeGuard:
    """Keeps strangers from trying codes: counts wrong ones, whoever sends them."""

    def __init__(self) -> None:
        self._wrong: deque[datetime] = deque(maxlen=CODE_TRIES)

    def check(self, now: datetime) -> None:
        """Raise Refused("locked_out") after CODE_TRIES wrong codes within CODE_LIFE."""
        if len(self._wrong) == CODE_TRIES and now - self._wrong[0] < CODE_LIFE:
            left = CODE_LIFE - (now - self._wrong[0])
            raise Refused("locked_out", minutes=-(-left // timedelta(minutes=1)))

    def count(self, now: datetime) -> None:
        """A code was wrong."""
        self._wrong.append(now)


def offer_device(tx: Transaction, request: OfferDevice) -> DeviceOffer:
    """Make a code with which one device may enrol within CODE_LIFE."""
    if request.window is not None:
        get_window(tx.connection, request.window)
    tx.execute(sql("drop_old_offers"), (tx.millis,))
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    expires = tx.millis + round(CODE_LIFE.total_seconds() * 1000)
    tx.execute(sql("insert_offer"), (tx.keys.code(code), request.role, request.name, request.window, expires))
    tx.fact("device.offered", role=request.role, device_name=request.name, window=request.window)
    return DeviceOffer(code=code, expires_at=from_millis(expires))


def enrol(tx: Transaction, code: str) -> Enrolled:
    """Exchange a code for a credential. A code works once."""
    digits = "".join(code.split())
    row = tx.execute(sql("use_offer"), (tx.millis, tx.keys.code(digits), tx.millis)).fetchone()
    if row is None:
        raise Refused("bad_enrolment_code")
    role, name, window = row
    return add_device(tx, role, name, window)


def add_device(tx: Transaction, role: str, name: str, window: int | None) -> Enrolled:
    """Enrol a device; the answer is the only place where its credential ever appears."""
    token = new_token()
    device = tx.execute(
        sql("insert_device"), (name, role, window, token_digest(token), tx.millis)
    ).fetchone()[0]
    tx.fact("device.enrolled", device=device, role=role, device_name=name, window=window)
    return Enrolled(device=device, token=token, role=role, name=name, window=window)  # type: ignore[arg-type]


def revoke_device(tx: Transaction, device: int) -> Device:
    """Take a device's credential away, with every session on it."""
    row = tx.execute(sql("device"), (device,)).fetchone()
    if row is None:
        raise Refused("unknown_device")
    tx.execute(sql("end_sessions_of_device"), (tx.millis, device))
    if tx.execute(sql("revoke_device"), (tx.millis, device)).rowcount == 1:
        tx.fact("device.revoked", device=device)
    return device_view(tx.execute(sql("device"), (device,)).fetchone())


def device_view(row: tuple[object, ...]) -> Device:
    """A device as managers see it."""
    number, name, role, window, enrolled, revoked = row
    return Device(
        id=number,  # type: ignore[arg-type]
        name=name,  # type: ignore[arg-type]
        role=role,  # type: ignore[arg-type]
        window=window,  # type: ignore[arg-type]
        enrolled_at=from_millis(int(str(enrolled))),
        revoked_at=None if revoked is None else from_millis(int(str(revoked))),
    )


def find_actor(connection: Connection, token: str) -> Actor:
    """Whose credential this is. Raises Refused: "unauthenticated" for none, "revoked" for one that was."""
    digest = token_digest(token)
    device = connection.execute(sql("device_by_token"), (digest,)).fetchone()
    if device is not None:
        number, role, window, revoked = device
        if revoked is not None:
            raise Refused("revoked")
        return Actor(role, number, window=window)
    session = connection.execute(sql("session_by_token"), (digest,)).fetchone()
    if session is None:
        raise Refused("unauthenticated")
    number, clerk, role, ended, device_id, window, revoked = session
    if ended is not None or revoked is not None:
        raise Refused("revoked")
    return Actor(role, device_id, clerk, number, window)
