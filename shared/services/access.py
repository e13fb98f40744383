"""Devices enrol once with a short-lived code; clerks sign in with number and PIN."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from shared.domain.moments import from_millis
from shared.domain.pin import DIGITS, digits_of
from shared.domain.refusals import Refused
from shared.protocol.messages import Device, DeviceOffer, Enrolled, OfferDevice, SignedIn
from shared.services.people import Actor, Standing
from shared.services.windows import close_window, get_window, window_of_clerk
from shared.store.keys import new_token, token_digest
from shared.store.queries import sql
from shared.store.sqlite import Connection, connect
from shared.store.transaction import Transaction

CODE_LIFE = timedelta(minutes=10)
PIN_TRIES = 5
LOCK_OUT = timedelta(minutes=15)
_STANDINGS: Mapping[str, Standing] = {"manager": "office"}
"""A browser that is enrolled for managers is no manager: somebody has to sign in at it."""

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


def offer_device(tx: Transaction, request: OfferDevice) -> DeviceOffer:
    """Make a code with which one device may enrol within CODE_LIFE."""
    if request.window is not None:
        get_window(tx.connection, request.window)
    tx.execute(sql("drop_old_offers"), (tx.millis,))
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    expires = tx.millis + round(CODE_LIFE.total_seconds() * 1000)
    tx.execute(sql("insert_offer"), (tx.keys.code(code), request.role, request.name, request.window, expires))
    tx.fact("device.offered", role=request.role, device_name=request.name, window=request.window)
    return DeviceOffer(code=code, expires_at=from_millis(expires))


def enrol(tx: Transaction, code: str) -> Enrolled:
    """Exchange a code for a credential. A code works once; the fingerprint behind it is for the device."""
    row = tx.execute(sql("use_offer"), (tx.millis, tx.keys.code(digits_of(code)), tx.millis)).fetchone()
    if row is None:
        raise Refused("bad_enrolment_code")
    role, name, window = row
    return add_device(tx, role, name, window)


def add_device(
    tx: Transaction, role: str, name: str, window: int | None, *, operator: bool = False
) -> Enrolled:
    """Enrol a device; the answer is the only place where its credential ever appears."""
    token = new_token()
    device = tx.execute(
        sql("insert_device"), (name, role, window, token_digest(token), tx.millis, int(operator))
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
        number, role, window, revoked, is_operator = device
        if revoked is not None:
            raise Refused("revoked")
        standing: Standing = "operator" if is_operator else _STANDINGS.get(role, role)
        return Actor(standing, number, window=window)
    session = connection.execute(sql("session_by_token"), (digest,)).fetchone()
    if session is None:
        raise Refused("unauthenticated")
    number, clerk, role, ended, device_id, window, revoked = session
    if ended is not None or revoked is not None:
        raise Refused("revoked")
    return Actor(role, device_id, clerk, number, window)
