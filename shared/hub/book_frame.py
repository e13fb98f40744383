"""What the booking pages have in common: templates, language, policy, and a write with its answer."""

import secrets
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from jinja2 import Environment, FunctionLoader, select_autoescape
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from shared.domain.moments import HALL_ZONE
from shared.hub.core import Hub
from shared.hub.forms import Forms, Sent
from shared.hub.peer import is_private
from shared.protocol.messages import Problem
from shared.services.outbox import gateway_host
from shared.store.transaction import Transaction
from shared.store.writer import Reply
from shared.web.book_words import BOOK_WORDS
from shared.web.words import WORDS, Language, said_in

_ALL = WORDS | BOOK_WORDS
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""No address of a booking leaves the hall, and yet a browser names the origin of its forms."""


Steps = Sequence[tuple[str, str]]
"""Ways on from a page: an address each, and the key of its words. The first one is the usual one."""
BOOK_ANEW: Steps = (("/book", "book"),)


@cache
def _source(name: str) -> str:
    return files("shared.web").joinpath("citizen", name).read_text("utf-8")


_pages = Environment(loader=FunctionLoader(_source), autoescape=select_autoescape(), trim_blocks=True)
_pages.filters["clock"] = lambda moment: f"{moment.astimezone(HALL_ZONE):%H:%M}"


def book_word(key: str, language: Language, **fields: object) -> str:
    """The words for `key`, filled in. KeyError for a key that no catalogue has."""
    return _ALL[key][0 if language == "zh" else 1].format(**fields)


def language_of(request: Request) -> Language:
    """What the address says, else what the browser prefers; Chinese when neither says."""
    asked = request.query_params.get("lang")
    if asked in ("zh", "en"):
        return "zh" if asked == "zh" else "en"
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "zh"


class BookFrame:
    """One page after another for one hub."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.forms = Forms(hub.keys, lambda: hub.plan.public_url)

    def page(
        self,
        request: Request,
        template: str,
        title: str,
        *,
        status: int = 200,
        script: str = "",
        **values: object,
    ) -> Response:
        """A page; `title` is the key of its heading, `script` a file of ours. It works without it too."""
        language = language_of(request)
        cookie, form = self.forms.on_page(request)
        nonce = secrets.token_urlsafe(12)
        defaults: dict[str, object] = {
            "back": "", "step": 0, "problem": "", "refresh": 0, "matter": None, "here": request.url.path,
            "day_text": "", "time_text": "", "details": False, "closed": "",
            "steps": BOOK_ANEW, "ways": (), "offers": (),
        }  # fmt: skip
        text = _pages.get_template(template).render(
            defaults | form | values,
            w=lambda key, **fields: book_word(key, language, **fields),
            title=book_word(title, language) if title else "",
            language=language,
            q=query(language),
            hall=self.hub.plan.name if language == "zh" else self.hub.plan.name_en,
            nonce=nonce,
            style=Markup(_source("page.css") + _source("book.css")),  # noqa: S704 - our own files
            script=Markup(_source(script) if script else ""),  # noqa: S704 - our own file
        )
        scripts = f"script-src 'nonce-{nonce}'; " if script else ""
        policy = (
            f"default-src 'none'; style-src 'nonce-{nonce}'; {scripts}form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'"
        )
        response = HTMLResponse(text, status, {**_HEADERS, "Content-Security-Policy": policy})
        self.forms.set_cookie(request, response, cookie)
        return response

    def closed(self, request: Request) -> dict[str, Any]:
        """Why nothing can be booked on this page, if so: no code can be sent, or others could read along."""
        if gateway_host(self.hub.reading) is None:
            return {"closed": "book_no_gateway"}
        if is_private(request.scope):
            return {"closed": ""}
        public = self.hub.plan.public_url or ""
        secure_at = public + request.url.path if public.startswith("https:") else ""
        return {"closed": "book_in_clear", "secure_at": secure_at}

    def unknown(self, request: Request) -> Response:
        """The same for a page, a matter, a code that is not there."""
        words = book_word("book_unknown", language_of(request))
        return self.page(request, "book_ask.html", "book_unknown_title", status=404, question=words, here="")

    def told(self, request: Request, problem: Problem, steps: Steps = BOOK_ANEW) -> Response:
        """A refusal on a page of its own, and where to go from it."""
        said = said_in(problem, language_of(request))
        return self.page(
            request, "book_ask.html", "", status=problem.status, question=said, here="", steps=steps
        )

    def go(self, request: Request, path: str, **asked: int) -> Response:
        """To another page, after something was done."""
        more = "".join(f"&{name}={value}" for name, value in asked.items())
        return RedirectResponse(f"{path}{query(language_of(request))}{more}", 303, headers=_HEADERS)

    async def write(self, sent: Sent, run: Callable[[Transaction], Reply], *about: str) -> Reply | Problem:
        """Do it once, however often it was tapped. The answer may be a secret and is kept sealed."""
        content = [*about, *(f"{name}={value}" for name, value in sorted(sent.fields.items()))]
        digest = self.hub.keys.digest(*(part.encode() for part in content))
        reply = await self.hub.write(run, "phone", sent.once, digest, sealed=True)
        if reply.status < 400:
            return reply
        return msgspec.json.decode(reply.body, type=Problem)


def query(language: Language) -> str:
    """What keeps the language in an address."""
    return "?lang=en" if language == "en" else "?lang=zh"
