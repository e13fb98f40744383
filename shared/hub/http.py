"""HTTP: each route of the table as an ASGI endpoint. Parsing and refusing; nothing else is decided here."""

import asyncio
import logging
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.routing import Route as Path
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.domain.plain import plain
from shared.domain.refusals import Refused
from shared.hub.core import Call, Hub, refusal_reply
from shared.hub.handlers import dispatch
from shared.hub.peer import source_of
from shared.protocol.routes import EVENTS_PATH, MAX_BODY_BYTES, Permission, Route
from shared.services.people import Actor
from shared.store.writer import Reply

log = logging.getLogger(__name__)

_PARAMETER = re.compile(r"{(\w+)}")
_NUMBERS = frozenset({"id", "no", "year"})
_MAX_ID = 2**53
_STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


def resources(hub: Hub, routes: tuple[Route, ...]) -> dict[str, ASGIApp]:
    """The table as one resource per path, which knows the path's methods; and the event stream."""
    by_path: dict[str, dict[str, Route]] = {}
    for route in routes:
        by_path.setdefault(route.path, {})[route.method] = route
    found: dict[str, ASGIApp] = {path: Resource(hub, methods) for path, methods in by_path.items()}
    return found | {EVENTS_PATH: EventStream(hub)}


def paths(found: Mapping[str, ASGIApp]) -> list[Path]:
    """The resources as Starlette routes."""
    return [Path(_pattern(path), resource) for path, resource in found.items()]


class Front:
    """Takes requests for fixed paths straight to their resource: most of a hall's traffic.

    Measured with 64 clients: a fifth of the frame's time went into routing and middleware that these
    resources do not need. Everything else goes through the application.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._fixed: dict[str, ASGIApp] = {}

    def know(self, found: Mapping[str, ASGIApp]) -> None:
        """Take over the resources whose path has no parameter."""
        self._fixed = {path: resource for path, resource in found.items() if "{" not in path}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Route one request."""
        resource = self._fixed.get(scope["path"]) if scope["type"] == "http" else None
        if resource is None:
            await self._app(scope, receive, send)
            return
        scope["path_params"] = {}
        await resource(scope, receive, send)


def _pattern(path: str) -> str:
    return _PARAMETER.sub(lambda found: f"{{{found[1]}:int}}" if found[1] in _NUMBERS else found[0], path)


class Resource:
    """One path and the routes of its methods."""

    def __init__(self, hub: Hub, methods: Mapping[str, Route]) -> None:
        self._hub = hub
        self._methods = {method: (route, _decoder(route)) for method, route in methods.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever goes wrong is a coded refusal."""
        try:
            reply = await self._reply(scope, receive)
        except Refused as refused:
            await respond_refused(send, refused)
            return
        except Exception:
            log.exception("a request failed")
            reply = refusal_reply(Refused("internal"))
        await respond(send, reply)

    async def _reply(self, scope: Scope, receive: Receive) -> Reply:
        found = self._methods.get("GET" if scope["method"] == "HEAD" else scope["method"])
        if found is None:
            raise Refused("method_not_allowed")
        route, decoder = found
        headers = header_map(scope)
        actor = admitted(self._hub, route.permission, scope, headers)
        params = scope["path_params"]
        if any(isinstance(value, int) and value > _MAX_ID for value in params.values()):
            raise Refused("unknown_route")
        raw = await read_body(receive, headers) if decoder else b""
        body = None if decoder is None else _decode(decoder, raw)
        request_id, digest = self._request(route, scope, headers, actor, raw)
        call = Call(
            route,
            actor,
            body,
            params,
            _query(route, scope),
            phone_url(scope, headers),
            request_id,
            digest,
            source_of(scope),
        )
        return await dispatch(self._hub, call)

    def _request(
        self, route: Route, scope: Scope, headers: Mapping[bytes, bytes], actor: Actor, raw: bytes
    ) -> tuple[bytes | None, bytes]:
        if not route.changes:
            return None, b""
        who = b"" if route.permission is Permission.OPEN else actor.name.encode()
        return request_id_of(headers), self._hub.keys.digest(scope["path"].encode(), who, raw)


class EventStream:
    """The event stream as server-sent events, until the client leaves or the hub stops."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Follow for one client."""
        headers = header_map(scope)
        try:
            if scope["method"] != "GET":
                raise Refused("method_not_allowed")
            actor = admitted(self._hub, Permission.HALL, scope, headers)
            after = self._place(headers, scope["query_string"])
        except Refused as refused:
            await respond_refused(send, refused)
            return
        pump = asyncio.create_task(self._pump(send, after, bearer(headers), staff=actor.is_staff))
        gone = asyncio.create_task(_gone(receive))
        _, waiting = await asyncio.wait((pump, gone), return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    async def _pump(self, send: Send, after: int, token: str | None, *, staff: bool) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS})
        known = self._hub.access_changes
        async for part in self._hub.stream.follow(after, staff=staff):
            if known != self._hub.access_changes and not self._still_admitted(token):
                break
            known = self._hub.access_changes
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def _still_admitted(self, token: str | None) -> bool:
        try:
            self._hub.admit(Permission.HALL, token)
        except Refused:
            return False
        return True

    def _place(self, headers: Mapping[bytes, bytes], query: bytes) -> int:
        """Where a follower stands: Last-Event-ID before `after`, else the newest fact."""
        given = headers.get(b"last-event-id", b"").decode("latin-1") or dict(
            parse_qsl(query.decode("latin-1"), keep_blank_values=True)
        ).get("after")
        if given is None:
            return self._hub.stream.head
        if not (given.isascii() and given.isdecimal() and len(given) < 17):
            raise Refused("invalid_query", detail="after")
        return int(given)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def admitted(hub: Hub, permission: Permission, scope: Scope, headers: Mapping[bytes, bytes]) -> Actor:
    """Who asks, if they may, and if they do not ask too often. Raises Refused."""
    token = bearer(headers)
    if permission is Permission.OPEN:
        hub.limits.page(scope)
        return hub.admit(permission, token)
    if not hub.knows(token):
        hub.limits.unknown(scope)
    try:
        actor = hub.admit(permission, token)
    except Refused as refused:
        if refused.refusal.status == 401:
            hub.limits.wrong(scope)
        raise
    hub.limits.device(scope, actor)
    return actor


def retry_after(refused: Refused) -> int | None:
    """Seconds after which it is worth asking again (RFC 9110, Retry-After)."""
    if "seconds" in refused.fields:
        return int(str(refused.fields["seconds"]))
    return None


async def respond_refused(send: Send, refused: Refused) -> None:
    """Send a refusal as problem+json."""
    seconds = retry_after(refused)
    more = [] if seconds is None else [(b"retry-after", b"%d" % seconds)]
    await respond(send, refusal_reply(refused), more)


async def respond(send: Send, reply: Reply, more: Iterable[tuple[bytes, bytes]] = ()) -> None:
    """Send a JSON reply, with more headers."""
    kind = b"application/problem+json" if reply.status >= 400 else b"application/json"
    headers = [(b"content-length", str(len(reply.body)).encode()), (b"cache-control", b"no-store"), *more]
    if reply.body:
        headers.append((b"content-type", kind))
    if reply.status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})


def header_map(scope: Scope) -> dict[bytes, bytes]:
    """The request's headers by lower-case name."""
    return dict(scope["headers"])


def bearer(headers: Mapping[bytes, bytes]) -> str | None:
    """The bearer credential (RFC 6750), or None."""
    scheme, _, token = headers.get(b"authorization", b"").partition(b" ")
    return token.decode("latin-1").strip() if scheme.lower() == b"bearer" else None


def request_id_of(headers: Mapping[bytes, bytes]) -> bytes:
    """The request id as 16 bytes. Raises Refused("request_id_missing")."""
    try:
        return uuid.UUID(headers[b"idempotency-key"].decode("ascii")).bytes
    except (KeyError, ValueError) as error:
        raise Refused("request_id_missing") from error


def phone_url(scope: Scope, headers: Mapping[bytes, bytes]) -> str:
    """The hub's address as this client knows it, for phones, when the hall has configured none.

    Always in clear: no phone knows the hall's authority, and a warning would frighten people.
    """
    host, port = scope.get("server") or ("localhost", 80)
    named = headers.get(b"host", f"{host}:{port}".encode()).decode("latin-1")
    return f"http://{named}"


async def read_body(receive: Receive, headers: Mapping[bytes, bytes]) -> bytes:
    """The whole body. Raises Refused("body_too_large") above MAX_BODY_BYTES, before reading on."""
    if int(headers.get(b"content-length", b"0") or 0) > MAX_BODY_BYTES:
        raise Refused("body_too_large")
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused("malformed_json")
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            raise Refused("body_too_large")
        chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks)


def _decoder(route: Route) -> "msgspec.json.Decoder[Any] | None":
    return None if route.body is None else msgspec.json.Decoder(route.body)


def _decode(decoder: "msgspec.json.Decoder[Any]", raw: bytes) -> Any:
    try:
        body = decoder.decode(raw or b"{}")
        return body if _is_plain(raw) else msgspec.convert(_plain(msgspec.json.decode(raw)), decoder.type)
    except msgspec.ValidationError as error:
        raise Refused("invalid_body", detail=str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("malformed_json") from error


def _is_plain(raw: bytes) -> bool:
    """Whether no string in this JSON can hold what is no text: without looking into it, to be quick."""
    text = raw.decode()
    return "\\" not in text and plain(text) == text


def _plain(value: Any) -> Any:
    """JSON whose strings are text and nothing else."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _query(route: Route, scope: Scope) -> dict[str, str]:
    if not route.query:
        return {}
    known = {name for name, _ in route.query}
    given = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    unknown = sorted(set(given) - known)
    if unknown:
        raise Refused("invalid_query", detail=unknown[0])
    return given
