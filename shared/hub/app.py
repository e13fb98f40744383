"""The hub's one place of composition: store, routes, stream, phone pages, jobs and advertisement."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route as Path
from starlette.types import Receive, Scope, Send

from shared.clock import Clock
from shared.domain.refusals import Refused
from shared.hub import plain
from shared.hub.advising import run_advice
from shared.hub.book_pages import book_paths
from shared.hub.booking_jobs import run_bookings
from shared.hub.core import Hub, refusal_reply
from shared.hub.forecasting import Oracle, run_forecasts
from shared.hub.http import Front, paths, resources, retry_after
from shared.hub.jobs import run_jobs
from shared.hub.manage import manage_paths
from shared.hub.nights import run_nights
from shared.hub.openapi import document
from shared.hub.phone import phone_paths
from shared.hub.sending import run_sending, settle_gateway
from shared.hub.tls import Certificates, run_renewal
from shared.hub.watchdog import run_watchdog
from shared.protocol.routes import AUTHORITY_PATH, OPENAPI_PATH, ROUTES
from shared.store.house import House
from shared.supervisor import Supervisor

log = logging.getLogger(__name__)


class HubApplication(Front):
    """What uvicorn serves: fixed paths at the front, the rest through Starlette."""

    def __init__(self, house: House, clock: Clock, certificates: Certificates) -> None:
        self._house = house
        self._certificates = certificates
        self._clock = clock
        self._hub: Hub | None = None
        handlers = {HTTPException: _unknown, Exception: _internal}
        self._starlette = Starlette(lifespan=self._lifespan, exception_handlers=handlers)
        super().__init__(self._starlette)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, if it may be asked in this way and not too often."""
        turned_away = self._turned_away(scope) if scope["type"] == "http" else None
        if turned_away is None:
            await super().__call__(scope, receive, send)
        else:
            await turned_away(scope, receive, send)

    def _turned_away(self, scope: Scope) -> Response | None:
        if not plain.is_answered(scope):
            return plain.refusal(scope)
        if self._hub is not None and not scope["path"].startswith("/api/"):
            try:
                self._hub.limits.page(scope)
            except Refused as refused:
                return _too_many(refused)
        return None

    def end_streams(self) -> None:
        """End every follower, so that a stop does not wait for clients that never leave."""
        if self._hub is not None:
            self._hub.stream.close()

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        hub = self._hub = Hub(self._house, self._clock)
        found = resources(hub, ROUTES)
        self._starlette.router.routes = [
            *paths(found),
            Path(OPENAPI_PATH, _openapi),
            Path(AUTHORITY_PATH, self._authority),
            *phone_paths(hub),
            *book_paths(hub),
            *manage_paths(hub),
        ]
        self.know(found)
        oracle = Oracle()
        await settle_gateway(hub)
        works = (
            run_jobs(hub),
            run_bookings(hub),
            run_forecasts(hub, oracle),
            run_advice(hub, oracle),
            run_sending(hub),
            run_nights(hub),
            run_watchdog(hub, Supervisor()),
            run_renewal(self._certificates),
        )
        jobs = [asyncio.create_task(work) for work in works]
        try:
            yield
        finally:
            for job in jobs:
                job.cancel()
                with suppress(asyncio.CancelledError):
                    await job
            oracle.close()
            await hub.gateway.close()
            hub.close()

    async def _authority(self, _: Request) -> Response:
        """For devices that enrol and for offices; it is no secret."""
        file = {"Content-Disposition": 'attachment; filename="authority.crt"'}
        return Response(
            self._certificates.authority.pem, media_type="application/x-x509-ca-cert", headers=file
        )


def _too_many(refused: Refused) -> Response:
    headers = {"Retry-After": str(retry_after(refused)), "Cache-Control": "no-store"}
    return PlainTextResponse(f"{refused.zh}\n{refused.en}\n", refused.refusal.status, headers)


async def _openapi(_: Request) -> Response:
    return Response(msgspec.json.encode(document()), media_type="application/json")


def problem(refused: Refused) -> Response:
    """A refusal as a Starlette response."""
    reply = refusal_reply(refused)
    return Response(reply.body, reply.status, media_type="application/problem+json")


async def _unknown(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return problem(Refused("method_not_allowed" if status == 405 else "unknown_route"))


async def _internal(_: Request, error: Exception) -> Response:
    log.error("a request failed", exc_info=error)
    return problem(Refused("internal"))
