"""What is answered without TLS: this machine, and the citizens' pages: no phone knows the hall's authority.

Everything else is for devices and offices, which know it. What is personal to type is not asked for in clear:
the pages look at `is_private` themselves.
"""

import secrets

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from shared.domain.refusals import Refused
from shared.hub.core import refusal_reply
from shared.hub.manage_entry import PATH
from shared.hub.manage_frame import HEADERS, render, source
from shared.hub.peer import is_private
from shared.protocol.routes import AUTHORITY_PATH

_PAGES = ("/t/", "/b/", "/book/")
_EXACT = frozenset({"/b", "/book", AUTHORITY_PATH})


def is_answered(scope: Scope) -> bool:
    """Whether this request may go on."""
    return is_private(scope) or scope["path"] in _EXACT or scope["path"].startswith(_PAGES)


def refusal(scope: Scope) -> Response:
    """Where to ask instead; a page for people, problem+json for programs. Nothing was looked at."""
    address = f"https://{_host(scope)}"
    if scope["path"] == PATH or scope["path"].startswith(f"{PATH}/"):
        return _page(f"{address}{PATH}")
    reply = refusal_reply(Refused("tls_required", address=address))
    return Response(reply.body, reply.status, media_type="application/problem+json")


def _host(scope: Scope) -> str:
    """As the caller knows it; where it names none that could be one, as the hub does."""
    named = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    host, port = scope.get("server") or ("localhost", 443)
    is_name = bool(named) and all(letter.isalnum() or letter in ".-:[]_" for letter in named)
    return named if is_name else f"{host}:{port}"


def _page(address: str) -> Response:
    nonce = secrets.token_urlsafe(12)
    style = Markup(source("page.css"))  # noqa: S704 - our own file
    text = render("secure.html", "zh", address=address, nonce=nonce, style=style)
    policy = f"default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors 'none'"
    return HTMLResponse(text, 403, {**HEADERS, "Content-Security-Policy": policy})
