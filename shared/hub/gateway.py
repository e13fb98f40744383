"""The gateway that passes messages on: one signed POST for each, and what its answer means."""

import asyncio
import logging
import ssl
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx

from shared.config import ConfigErrors
from shared.config.gateway import GatewayConfig, load_gateway, load_secret
from shared.domain.delivery import Attempt, Breaker, Pace, Reason, Verdict, answered, asked_pause, unanswered
from shared.domain.webhook import SecretError, signed_headers
from shared.store.house import House

log = logging.getLogger(__name__)
logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log each address, which may hold a key

AT_ONCE = 4
"""Messages on their way at one time."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message as it travels. `name` is the same however often it is sent."""

    name: str
    body: bytes = field(repr=False)


class Gateway:
    """The configured gateway, read again when its file changes. Lives in the hub's event loop.

    `seconds` is the real time: a signature is checked by somebody else's clock, not by a rehearsal's.
    """

    def __init__(self, house: House, seconds: Callable[[], float] = time.time) -> None:
        self._house = house
        self._seconds = seconds
        self._stamp: tuple[int, int] | str | None = "unread"
        self._secret = b""
        self._client: httpx.AsyncClient | None = None
        self.config: GatewayConfig | None = None
        self.is_known = False
        """Whether the configuration could be read: a mistake in it must not end what waits."""
        self.problem = ""
        """Why nothing can be sent though a gateway is configured: a sentence for the operator."""
        self.breaker = Breaker()
        self.pace = Pace(1)

    @property
    def is_ready(self) -> bool:
        """Whether messages can be tried."""
        return self.config is not None and not self.problem

    @property
    def host(self) -> str | None:
        """Whom messages go to; None for nobody."""
        return None if self.config is None else self.config.host

    async def refresh(self) -> None:
        """Take a changed configuration in, or one whose secret was put right. Costs two looks at files."""
        stamp = _stamp(self._house.gateway)
        if stamp == self._stamp and not self.problem:
            return
        if stamp != self._stamp:
            await self.close()
            self._stamp, self.breaker, self.is_known = stamp, Breaker(), False
        problem = await self._load()
        if problem and problem != self.problem:
            log.warning("no message can be sent: %s", problem)
        self.problem = problem

    async def _load(self) -> str:
        try:
            self.config = await asyncio.to_thread(load_gateway, self._house.gateway)
            self.is_known = True
            if self.config is None:
                return ""
            self._secret = await asyncio.to_thread(load_secret, self.config, self._house.folder)
            trusted = await asyncio.to_thread(_trusted, self.config, self._house.folder)
        except (ConfigErrors, SecretError, OSError) as error:
            return str(error)
        await self.close()
        self.pace = Pace(self.config.per_minute)
        self._client = httpx.AsyncClient(
            verify=trusted,
            trust_env=False,
            timeout=self.config.timeout_seconds,
            limits=httpx.Limits(max_connections=AT_ONCE + 1),
        )
        return ""

    async def send(self, parcel: Parcel) -> Attempt:
        """Send once. The status alone decides; nothing that the gateway writes is kept or followed."""
        if self.config is None or self._client is None:
            return unanswered("unreachable")
        now = self._seconds()
        headers = signed_headers(self._secret, parcel.name, int(now), parcel.body)
        try:
            async with asyncio.timeout(self.config.timeout_seconds), AsyncExitStack() as stack:
                request = self._client.stream("POST", self.config.url, content=parcel.body, headers=headers)
                response = await stack.enter_async_context(request)
                asked = asked_pause(response.headers.get("retry-after"), datetime.fromtimestamp(now, UTC))
                return answered(response.status_code, asked)
        except (TimeoutError, httpx.TimeoutException):
            return unanswered("timeout")
        except httpx.HTTPError as error:
            return unanswered(_reason(error))

    def learn(self, attempt: Attempt, ticks: int, draw: float) -> None:
        """What an attempt says of the gateway itself; `ticks` are milliseconds of a clock that only grows."""
        if attempt.hurts:
            self.breaker.failed(ticks, draw, attempt.asked)
        elif attempt.verdict is not Verdict.AGAIN:
            self.breaker.succeeded()

    async def close(self) -> None:
        """Close its connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()


def _reason(error: httpx.HTTPError) -> Reason:
    """Why there was no answer, in a word."""
    if not isinstance(error, httpx.ConnectError):
        return "cut"
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "tls"
        cause = cause.__cause__ or cause.__context__
    return "unreachable"


def _trusted(config: GatewayConfig, folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(folder / config.ca_file) if config.ca_file else None)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
