"""The hub's routes as calls: blocking, thread-safe, derived from the one table of routes.

For worker threads only: a call may take `timeout` seconds three times over.
"""

import random
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx
import msgspec

from shared.client.errors import HubError, HubForeign, HubMisunderstood, HubRefused, HubUnreachable
from shared.client.stream import EventStream
from shared.client.trust import ASKED_NAME, rejected, verification
from shared.protocol import messages as m
from shared.protocol.events import SILENT_AFTER_SECONDS
from shared.protocol.request_id import new_request_id
from shared.protocol.routes import BY_NAME, EVENTS_PATH, REQUEST_ID_HEADER, ROUTES, Route

__all__ = ["HubClient", "HubError", "HubMisunderstood", "HubRefused", "HubUnreachable", "new_request_id"]

ATTEMPTS = 3
PAUSES_SECONDS = (0.2, 0.6)
"""Before the second and the third attempt, each shortened or lengthened by up to half."""
_LONGEST_WAIT_SECONDS = 3
"""When the hub says that it is asked too often; a person is told of a longer one."""
_STREAM_TIMEOUT = httpx.Timeout(SILENT_AFTER_SECONDS + 1, connect=3.0)
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_DECODERS: Mapping[str, "msgspec.json.Decoder[Any]"] = {
    route.name: msgspec.json.Decoder(route.answer) for route in ROUTES if route.answer is not None
}
_PROBLEM = msgspec.json.Decoder(m.Problem)
_encode = msgspec.json.Encoder().encode
_Wanted = TypeVar("_Wanted", bound=m.Answer)


class HubClient:
    """Speaks with one hub as one device or one clerk. `credential` is a bearer token (RFC 6750).

    `authority` is the pinned certificate (PEM) that the hub must be vouched for by; without one only a hub on
    this machine is spoken to. Raises ValueError for another address.
    """

    def __init__(
        self,
        base_url: str,
        credential: str | None = None,
        timeout: float = 3.0,
        *,
        authority: str | None = None,
    ) -> None:
        self.credential = credential
        self.authority = authority
        self._extensions = {} if authority is None else ASKED_NAME
        self._http = httpx.Client(
            base_url=base_url,
            timeout=timeout,
            trust_env=False,  # a proxy has no place between a kiosk and the hub on its own LAN
            verify=verification(base_url, authority),
            limits=httpx.Limits(max_connections=16, keepalive_expiry=60),
        )
        self._closing = threading.Event()

    @property
    def base_url(self) -> str:
        """Where the hub is, without a slash at the end."""
        return str(self._http.base_url).rstrip("/")

    def move(self, base_url: str) -> None:
        """The hub is at another address now: for all that share the connections, from the next request on.

        It has to prove itself there as it did before. Raises ValueError for an address where it could not.
        """
        verification(base_url, self.authority)
        self._http.base_url = httpx.URL(base_url)

    def with_credential(self, token: str | None) -> Self:
        """The same hub and connections, with another credential (a clerk's session)."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other.credential = token
        return other

    def patient(self, timeout: float) -> "HubClient":
        """The same hub on connections of its own, with more time for an answer (seconds)."""
        return HubClient(self.base_url, self.credential, timeout, authority=self.authority)

    def call(
        self,
        route_name: str,
        body: m.Request | None = None,
        *,
        request_id: str | None = None,
        **params: object,
    ) -> Any:
        """Ask for one route; `params` fill its path and its query. Gives the route's own answer message.

        None is an empty answer (204). `ask` is the same with the type said and checked.

        A command gets a request id, and a lost answer is asked for again with the same one.
        Raises HubRefused (the hub said no), HubUnreachable (no answer) or HubMisunderstood.
        """
        route = BY_NAME[route_name]
        request = self._request(route, body, request_id, params)
        return _answer(route, self._send(request, route))

    def ask(
        self,
        wanted: type[_Wanted],
        route_name: str,
        body: m.Request | None = None,
        *,
        request_id: str | None = None,
        **params: object,
    ) -> _Wanted:
        """Like `call`, for a route whose answer is always a `wanted`."""
        answer = self.call(route_name, body, request_id=request_id, **params)
        if not isinstance(answer, wanted):
            raise HubMisunderstood(
                f"{route_name}: {wanted.__name__} was expected, not {type(answer).__name__}"
            )
        return answer

    @contextmanager
    def events(self, after: int) -> Iterator[EventStream]:
        """Facts later than `after`, and what comes. Errors as for `call`, here and while reading."""
        headers = self._headers() | {"Accept": "text/event-stream", "Last-Event-ID": str(after)}
        request = self._http.build_request(
            "GET", EVENTS_PATH, headers=headers, timeout=_STREAM_TIMEOUT, extensions=self._extensions
        )
        try:
            response = self._http.send(request, stream=True)
        except httpx.TransportError as error:
            raise self._unheard(error) from error
        try:
            if response.status_code != 200:
                response.read()
                if response.status_code == 429:  # "later" is no refusal: the stream is opened again by itself
                    raise HubUnreachable("the hub was asked too often", is_unknown=False)
                raise _problem(response)
            yield EventStream(response)
        except httpx.TransportError as error:
            raise HubUnreachable(_reason(error), is_unknown=False) from error
        finally:
            response.close()

    def close(self) -> None:
        """Give up waiting retries and close the connections; for all that share them."""
        self._closing.set()
        self._http.close()

    def _request(
        self, route: Route, body: m.Request | None, request_id: str | None, params: Mapping[str, object]
    ) -> httpx.Request:
        path, query = _place(route, params)
        headers = self._headers()
        content = None
        if route.body is not None:
            content = _encode(route.body() if body is None else body)
            headers["Content-Type"] = "application/json"
        if route.changes:
            headers[REQUEST_ID_HEADER] = request_id or new_request_id()
        return self._http.build_request(
            route.method, path, params=query, headers=headers, content=content, extensions=self._extensions
        )

    def _send(self, request: httpx.Request, route: Route) -> httpx.Response:
        """Send, and send again while the answer is lost. The request, and its id, stay the same."""
        is_unknown = False
        for pause in (*PAUSES_SECONDS, None):
            try:
                response = _certain(self._http.send(request))
                if pause is None or not self._waited(response):
                    return response
            except (httpx.TransportError, _OutcomeUnknown) as error:
                is_unknown = is_unknown or (route.changes and not isinstance(error, _NEVER_SENT))
                failure = self._unheard(error, is_unknown=is_unknown)
                is_over = pause is None or isinstance(failure, HubForeign)
                if is_over or self._closing.wait((pause or 0) * random.uniform(0.5, 1.5)):  # noqa: S311
                    raise failure from error
        raise AssertionError("the last attempt answers or raises")

    def _waited(self, response: httpx.Response) -> bool:
        """Whether the hub said that it is asked too often and for how long, and that was waited for."""
        told = response.headers.get("retry-after", "")
        if response.status_code != 429 or not told.isdecimal() or int(told) > _LONGEST_WAIT_SECONDS:
            return False
        return not self._closing.wait(int(told))

    def _unheard(self, error: Exception, *, is_unknown: bool = False) -> HubUnreachable:
        if (why := rejected(error)) is not None:
            return HubForeign(self.base_url, why, is_unknown=is_unknown)
        return HubUnreachable(_reason(error), is_unknown=is_unknown)

    def _headers(self) -> dict[str, str]:
        return {} if self.credential is None else {"Authorization": f"Bearer {self.credential}"}


class _OutcomeUnknown(Exception):
    """The hub answered that it does not know: as good as no answer."""


def _certain(response: httpx.Response) -> httpx.Response:
    if response.status_code == 503:
        problem = _problem(response)
        if isinstance(problem, HubRefused) and problem.code == "outcome_unknown":
            raise _OutcomeUnknown(str(problem))
    return response


def _place(route: Route, params: Mapping[str, object]) -> tuple[str, dict[str, str] | None]:
    """The path with its parameters, and the query. TypeError names a parameter that the route has not."""
    known = {name for name, _ in route.query}
    query = {name: str(value) for name, value in params.items() if name in known}
    in_path = {name: quote(str(value), safe="") for name, value in params.items() if name not in known}
    unknown = [name for name in in_path if f"{{{name}}}" not in route.path]
    if unknown:
        raise TypeError(f"{route.name} takes no {unknown[0]}")
    return route.path.format_map(in_path), query or None


def _answer(route: Route, response: httpx.Response) -> m.Answer | None:
    if response.status_code == 204:
        return None
    if not response.is_success or route.name not in _DECODERS:
        raise _problem(response)
    try:
        answer: m.Answer = _DECODERS[route.name].decode(response.content)
    except msgspec.DecodeError as error:
        raise HubMisunderstood(f"{route.name}: {error}") from error
    return answer


def _problem(response: httpx.Response) -> HubError:
    try:
        return HubRefused(_PROBLEM.decode(response.content))
    except msgspec.DecodeError:
        return HubMisunderstood(
            f"{response.request.url} answered {response.status_code}, and not as the hub does"
        )


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
