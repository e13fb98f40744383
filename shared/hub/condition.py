"""The state of the hub, judged in plain words: what is fine was looked at, and what was not looked at is not.

`take_stock` looks, `judge` decides; the managers' page, its head and `GET /api/v1/health` show what they say.
"""

import ctypes
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from shared.clock import SystemClock
from shared.domain.moments import from_millis
from shared.hub.core import Hub
from shared.store.disk import room_of
from shared.store.queries import sql

LITTLE_ROOM = 2 << 30
"""Bytes: weeks of a big hall, in which somebody can act."""
NO_ROOM = 256 << 20
LONG_LOG = 64 << 20
"""Bytes of write-ahead log: it is cut at every checkpoint, unless somebody reads the file without end."""
SLOW_SECONDS, STUCK_SECONDS = 1.0, 6.0
CHECKED_WITHIN_SECONDS = 30.0
"""Three self-checks."""
STEP_BACK = timedelta(minutes=1)
_TIME_ERROR = 5
_MIB = 1 << 20


class Level(IntEnum):
    """How bad; the worst of all is the state of the hall."""

    FINE = 0
    UNKNOWN = 1
    SOON = 2
    BROKEN = 3


@dataclass(frozen=True, slots=True)
class Stock:
    """What was found. None: it could not be looked at."""

    store_fails: bool
    free: int | None
    log: int | None
    lag_seconds: float
    checked_seconds: float | None
    """Age of the last self-check that went through; None when there was none yet."""
    now: datetime
    newest: datetime | None
    """When the newest fact was written."""
    is_synchronized: bool | None
    """Whether the kernel's clock follows a time server; None when it does not tell, or in a rehearsal."""
    is_rehearsal: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One line: `about` and `says` are keys of the pages' words, `fields` fill them."""

    about: str
    level: Level
    says: str
    fields: tuple[tuple[str, object], ...] = ()


def take_stock(hub: Hub) -> Stock:
    """Look at everything; what does not answer is None."""
    try:
        room = room_of(hub.house)
    except OSError:
        room = None
    newest = hub.reading.execute(sql("newest_moment")).fetchone()[0]
    is_rehearsal = not isinstance(hub.clock, SystemClock)
    return Stock(
        store_fails=hub.writer.failing,
        free=None if room is None else room.free,
        log=None if room is None else room.log,
        lag_seconds=hub.writer.lag_seconds,
        checked_seconds=None if hub.checked_at is None else time.monotonic() - hub.checked_at,
        now=hub.clock.now(),
        newest=None if newest is None else from_millis(newest),
        is_synchronized=None if is_rehearsal else clock_is_synchronized(),
        is_rehearsal=is_rehearsal,
    )


def judge(stock: Stock) -> list[Check]:
    """Every line, in the order of the page."""
    return [_store(stock), _disk(stock), _log(stock), _writer(stock), _self_check(stock), _clock(stock)]


def worst(checks: Iterable[Check]) -> Level:
    """The state of the whole."""
    return max((check.level for check in checks), default=Level.UNKNOWN)


def alarms(checks: Sequence[Check]) -> list[Check]:
    """What must be said on every page, the worst first."""
    wanting = [x for x in checks if x.level is Level.BROKEN or (x.level is Level.SOON and x.about == "disk")]
    told = [check for check in wanting if check.says != "self_check_failed"]  # the store says it already
    return sorted(told, key=lambda check: -check.level)


def _store(stock: Stock) -> Check:
    if stock.store_fails:
        return Check("store", Level.BROKEN, "store_fails")
    if stock.checked_seconds is None:
        return Check("store", Level.UNKNOWN, "not_looked")
    return Check("store", Level.FINE, "store_fine")


def _disk(stock: Stock) -> Check:
    if stock.free is None:
        return Check("disk", Level.BROKEN, "disk_silent")
    free = (("free", in_words(stock.free)),)
    if stock.free < NO_ROOM:
        return Check("disk", Level.BROKEN, "disk_full", free)
    return Check("disk", Level.SOON if stock.free < LITTLE_ROOM else Level.FINE,
                 "disk_soon" if stock.free < LITTLE_ROOM else "disk_fine", free)  # fmt: skip


def _log(stock: Stock) -> Check:
    if stock.log is None:
        return Check("log", Level.UNKNOWN, "not_looked")
    is_long = stock.log > LONG_LOG
    size = (("size", in_words(stock.log)),)
    return Check("log", Level.SOON if is_long else Level.FINE, "log_long" if is_long else "log_fine", size)


def _writer(stock: Stock) -> Check:
    if stock.store_fails:
        return Check("writer", Level.UNKNOWN, "not_looked")
    lag = (("seconds", f"{stock.lag_seconds:.1f}"),)
    if stock.lag_seconds > STUCK_SECONDS:
        return Check("writer", Level.BROKEN, "writer_stuck", lag)
    if stock.lag_seconds > SLOW_SECONDS:
        return Check("writer", Level.SOON, "writer_slow", lag)
    return Check("writer", Level.FINE, "writer_fine")


def _self_check(stock: Stock) -> Check:
    if stock.store_fails:
        return Check("self_check", Level.BROKEN, "self_check_failed")
    if stock.checked_seconds is None:
        return Check("self_check", Level.UNKNOWN, "not_looked")
    age = (("seconds", round(stock.checked_seconds)),)
    if stock.checked_seconds > CHECKED_WITHIN_SECONDS:
        return Check("self_check", Level.BROKEN, "self_check_old", age)
    return Check("self_check", Level.FINE, "self_check_fine", age)


def _clock(stock: Stock) -> Check:
    moment = (("now", f"{stock.now:%Y-%m-%d %H:%M:%S}"),)
    if stock.newest is not None and stock.now < stock.newest - STEP_BACK:
        return Check(
            "clock", Level.BROKEN, "clock_back", (*moment, ("newest", f"{stock.newest:%m-%d %H:%M}"))
        )
    if stock.is_rehearsal:
        return Check("clock", Level.FINE, "clock_rehearsal", moment)
    if stock.is_synchronized is None:
        return Check("clock", Level.UNKNOWN, "not_looked")
    if not stock.is_synchronized:
        return Check("clock", Level.SOON, "clock_alone", moment)
    return Check("clock", Level.FINE, "clock_fine", moment)


def in_words(size: int) -> str:
    """Bytes as people read them: 512 MB, 3.4 GB."""
    return f"{size / _MIB:,.0f} MB" if size < 1024 * _MIB else f"{size / _MIB / 1024:,.1f} GB"


def clock_is_synchronized() -> bool | None:
    """What the kernel says of its clock (adjtimex(2), read only); None where it cannot be asked."""
    try:
        said = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(1024))
    except (OSError, AttributeError):
        return None
    return None if said < 0 else said != _TIME_ERROR
