"""Forms of the citizens' pages: a token bound to a cookie, one request id a page, and what a browser says.

The cookie is SameSite=Strict and no script reads it; a page elsewhere can neither send nor guess the token.
Origin and Sec-Fetch-Site are heeded where they come: old browsers send neither, and browsers send the latter
over TLS only.
"""

import hmac
import secrets
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from shared.domain.plain import plain
from shared.domain.refusals import Refused
from shared.hub.http import header_map, read_body
from shared.protocol.request_id import new_request_id
from shared.store.keys import Keys

_COOKIE = "hall_book"
_OWN_SITE = frozenset({"", "same-origin", "none"})


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it came. `once` is its request id: a second tap sends the same."""

    fields: Mapping[str, str]
    once: bytes

    def get(self, name: str) -> str:
        """A field, without blanks around it; empty when it is not there."""
        return self.fields.get(name, "").strip()


@dataclass(frozen=True, slots=True)
class Forms:
    """Makes and checks the tokens under the hall's key. `public_url` is where a proxy serves the hub."""

    keys: Keys
    public_url: Callable[[], str | None]

    def on_page(self, request: Request) -> tuple[str, dict[str, str]]:
        """The cookie's value for this browser, and what its forms must carry."""
        cookie = request.cookies.get(_COOKIE) or secrets.token_urlsafe(16)
        return cookie, {"csrf": self._token(cookie), "once": new_request_id()}

    def set_cookie(self, request: Request, response: Response, cookie: str) -> None:
        """Keep it until the browser is closed, for the pages beside this one."""
        beside = "/" + request.url.path.split("/")[1]
        is_tls = request.url.scheme == "https"
        response.set_cookie(_COOKIE, cookie, path=beside, httponly=True, samesite="strict", secure=is_tls)

    async def read(self, request: Request) -> Sent:
        """What was sent. Raises Refused("forbidden") for a form that is not of our own page."""
        raw = await read_body(request.receive, header_map(request.scope))
        given = parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True)
        fields = {name: plain(text) for name, text in given}
        cookie = request.cookies.get(_COOKIE, "")
        is_ours = hmac.compare_digest(fields.get("csrf", "").encode(), self._token(cookie).encode())
        if not cookie or not is_ours or not self._is_from_here(request):
            raise Refused("forbidden")
        try:
            once = uuid.UUID(fields.get("once", "")).bytes
        except ValueError:
            once = uuid.UUID(new_request_id()).bytes
        return Sent(fields, once)

    def _is_from_here(self, request: Request) -> bool:
        """As far as the browser says. The pages' referrer policy lets it name their origin, never "null"."""
        origin = request.headers.get("origin")
        hosts = {request.headers.get("host", ""), urlsplit(self.public_url() or "").netloc}
        is_own = origin is None or urlsplit(origin).netloc in hosts - {""}
        return is_own and request.headers.get("sec-fetch-site", "") in _OWN_SITE

    def _token(self, cookie: str) -> str:
        return self.keys.digest(b"book form", cookie.encode()).hex()
