"""What all managers' pages share: their templates, their language, their frame, and the way in."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from shared.domain.moments import HALL_ZONE
from shared.domain.refusals import Refused
from shared.hub.core import Hub
from shared.hub.manage_alarm import alarm_rows
from shared.hub.manage_entry import FORM, PATH, Entry, Visitor, WrongRole, keep
from shared.hub.upkeep_standing import standing
from shared.store.queries import sql
from shared.web.manage_words import word
from shared.web.words import Language, said_in

RULES, WAITS, ADVICE = f"{PATH}/rules", f"{PATH}/waits", f"{PATH}/advice"
ROTA = f"{PATH}/rota"
MESSAGES, HOURS, BOOKINGS = f"{PATH}/messages", f"{PATH}/hours", f"{PATH}/bookings"
PROMISES, STATE, UPKEEP = f"{PATH}/promises", f"{PATH}/state", f"{PATH}/backup"
MANUAL = f"{PATH}/manual"
SECTIONS = (
    ("devices", PATH),
    ("state", STATE),
    ("advice", ADVICE),
    ("waits", WAITS),
    ("hours", HOURS),
    ("rota", ROTA),
    ("bookings", BOOKINGS),
    ("promises", PROMISES),
    ("manual", MANUAL),
    ("messages", MESSAGES),
    ("rules", RULES),
    ("upkeep", UPKEEP),
)
"""The pages, in the order of the bar: the key of its words, and the path."""
HEADERS = {
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
_LANGUAGE = "hall_lang"


@cache
def source(name: str) -> str:
    """A file of the pages."""
    return files("shared.web").joinpath("manage", name).read_text("utf-8")


_pages = Environment(loader=FunctionLoader(source), autoescape=select_autoescape(), trim_blocks=True)
_pages.filters["moment"] = lambda moment: f"{moment.astimezone(HALL_ZONE):%Y-%m-%d %H:%M}"


class Frame:
    """The frame around every page, and the pages before it: enrolment of the browser, and sign-in."""

    def __init__(self, hub: Hub, entry: Entry) -> None:
        self._hub = hub
        self._entry = entry

    def page(
        self, request: Request, visitor: Visitor, name: str, status: int = 200, **values: object
    ) -> Response:
        """The page of a template; `section` among the values marks it in the bar."""
        language = language_of(request)
        page = render(
            name,
            language,
            hall=self._hub.plan.name if language == "zh" else self._hub.plan.name_en,
            alarm=[] if visitor.browser is None else alarm_rows(self._hub, language),
            who="" if visitor.manager is None else self._name(visitor.manager.as_clerk()),
            csrf=self._entry.csrf(visitor.form),
            sections=SECTIONS,
            marks={
                "manual": self._hub.reading.execute(sql("manual_count"), ("conflict",)).fetchone()[0],
                "upkeep": "!" if standing(self._hub).level == "wanting" else "",
            },
            here=dict(SECTIONS).get(str(values.get("section")), PATH),
            **values,
        )
        response = HTMLResponse(page, status, HEADERS)
        if request.cookies.get(FORM) != visitor.form:
            keep(request, response, FORM, visitor.form)
        if request.query_params.get("lang") in ("zh", "en"):
            keep(request, response, _LANGUAGE, language)
        return response

    def enter(self, request: Request, visitor: Visitor, problem: str = "", status: int = 200) -> Response:
        """What a visitor who is no manager yet has to do first."""
        language = language_of(request)
        step = "enrol" if visitor.browser is None else "sign_in"
        return self.page(
            request,
            visitor,
            "enter.html",
            status,
            title=word(f"{step}_title", language),
            how=word("enrol_how", language) if visitor.browser is None else "",
            action=f"{PATH}/{step.replace('_', '-')}",
            problem=problem,
        )

    def refuse(self, request: Request, refused: Refused, not_manager: str) -> Response:
        """The way in again, with why it was refused."""
        language = language_of(request)
        if isinstance(refused, WrongRole):
            said = word(not_manager, language)
        elif refused.code == "forbidden":
            said = word("form_old", language)
        else:
            said = said_in(refused, language)
        return self.enter(request, self._entry.visitor(request), said, refused.refusal.status)

    def _name(self, number: str) -> str:
        return str(self._hub.reading.execute(sql("clerk"), (number,)).fetchone()[1])


def render(name: str, language: Language, **values: object) -> str:
    """A template filled in; `w` in it is `word` in the language."""

    def words(key: str, **fields: object) -> str:
        return word(key, language, **fields)

    return _pages.get_template(name).render(w=words, language=language, **values)


def language_of(request: Request) -> Language:
    """What the address says, else what was chosen before, else what the browser prefers; else Chinese."""
    asked = request.query_params.get("lang") or request.cookies.get(_LANGUAGE)
    if asked in ("zh", "en"):
        return "zh" if asked == "zh" else "en"
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "zh"
