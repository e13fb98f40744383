"""The hub's one place of composition: store, routes, stream, phone pages, jobs and advertisement."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute
from starlette.routing import Route as Path

from shared.clock import Clock
from shared.domain.refusals import Refused
from shared.hub.core import Hub, refusal_reply
from shared.hub.http import bearer, header_map, paths
from shared.hub.jobs import run_jobs
from shared.hub.openapi import document
from shared.hub.phone import phone_paths
from shared.protocol.routes import EVENTS_PATH, OPENAPI_PATH, ROUTES, Permission
from shared.store.house import House

log = logging.getLogger(__name__)


def build(house: House, clock: Clock) -> Starlette:
    """The application. The hub opens its file when the server starts and closes it when it stops."""
    holder = HubHolder()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        hub = Hub(house, clock)
        app.router.routes = routes_of(hub)
        app.state.hub = holder.hub = hub
        jobs = asyncio.create_task(run_jobs(hub))
        try:
            yield
        finally:
            jobs.cancel()
            with suppress(asyncio.CancelledError):
                await jobs
            hub.close()

    app = Starlette(lifespan=lifespan, exception_handlers={HTTPException: _unknown, Exception: _internal})
    app.state.end_streams = holder.end_streams
    return app


class HubHolder:
    """Lets the server end the streams before it waits for their connections."""

    hub: Hub | None = None

    def end_streams(self) -> None:
        """End every follower of the event stream."""
        if self.hub is not None:
            self.hub.stream.close()


def routes_of(hub: Hub) -> list[BaseRoute]:
    """Everything the hub serves."""
    openapi = msgspec.json.encode(document())

    async def serve_openapi(_: Request) -> Response:
        return Response(openapi, media_type="application/json")

    async def serve_events(request: Request) -> Response:
        try:
            actor = hub.admit(Permission.HALL, bearer(header_map(request.scope)))
            after = _place(request, hub)
        except Refused as refused:
            return problem(refused)
        follow = hub.stream.follow(after, staff=actor.is_staff)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(follow, media_type="text/event-stream", headers=headers)

    return [
        *paths(hub, ROUTES),
        Path(EVENTS_PATH, serve_events),
        Path(OPENAPI_PATH, serve_openapi),
        *phone_paths(hub),
    ]


def problem(refused: Refused) -> Response:
    """A refusal as a Starlette response."""
    reply = refusal_reply(refused)
    return Response(reply.body, reply.status, media_type="application/problem+json")


def _place(request: Request, hub: Hub) -> int:
    """Where a follower stands: Last-Event-ID before `after`, else the newest fact."""
    given = request.headers.get("last-event-id") or request.query_params.get("after")
    if given is None:
        return hub.stream.head
    if not (given.isascii() and given.isdecimal() and len(given) < 17):
        raise Refused("invalid_query", detail="after")
    return int(given)


async def _unknown(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return problem(Refused("method_not_allowed" if status == 405 else "unknown_route"))


async def _internal(_: Request, error: Exception) -> Response:
    log.error("a request failed", exc_info=error)
    return problem(Refused("internal"))
