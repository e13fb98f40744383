"""S5: text from a card, a scan or a phone is only text, wherever it comes out.

Hostile texts (tests.proofs.hostile) go, by properties, into a card's block and the fields of a slip, the
templates of the pages, a rota's sheet and calendar, and the log; and, by hand of the marked people, through a
whole hall: on a card, in a booking, as a note, a reason, a notice and a device's name, until every fact, page
and export of it was read. Every view is searched for text that could be more than plain, and the items of the
real windows are asked what they take theirs for.

The controls: a printer without its sanitiser, pages that do not escape, a sheet without its guard, the
library's own log format, and a view whose text is rich.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from icalendar import Calendar
from jinja2 import Environment, FunctionLoader
from openpyxl import load_workbook

from hardware.idcard.simulator import card_of
from hardware.idcard.text import UnreadableCardText, parse_text
from hardware.printer import encoder
from hardware.printer.commands import Interpreter
from hardware.printer.document import Columns, Cut, Document, Text
from hardware.printer.encoder import encode
from hardware.printer.paper import Paper
from hardware.printer.profile import Profile
from hardware.simulation.control import BadCommand
from shared.client.api import HubClient
from shared.domain.plain import plain
from shared.domain.rota import Duty, Rota
from shared.hub import manage_frame
from shared.hub.manage_frame import SECTIONS, render
from shared.journal import FORMAT, OneLine
from shared.protocol import messages as m
from shared.rota import sheet
from shared.rota.calendar import rota_calendar
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, RunningHub, id_number, running_hub
from tests.proofs.hostile import PIECES, markup_in, texts
from tests.proofs.hubs import ROOT
from tests.proofs.marked_screens import MASKED, RICH, looked
from tests.proofs.outcome import Outcome
from tests.proofs.s02_masked import manager_of, phone_tokens
from tests.rota.plans import clerk, plan_of, week

Check = Callable[[str], None]


def violated(check: Check, examples: int) -> list[str]:
    """What a property says of the smallest text that breaks it, if any of so many does."""
    slow = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    found: list[str] = []

    def remembering(text: str) -> None:
        try:
            check(text)
        except Exception as error:  # a crash is no better
            found.append(f"{check.__name__}: {error or 'broken'} for {text!r}")
            raise AssertionError from error

    with suppress(AssertionError):
        slow(given(texts())(remembering))()
    return found[-1:]


# -- the card and the paper -------------------------------------------------------------------------------


def a_card_says_only_text(text: str) -> None:
    """The name and the address of a card's block, and what a screen shows of them."""
    fitting = text.encode("utf-16-le", "surrogatepass")[:30].decode("utf-16-le", "ignore")
    try:
        card = parse_text(card_of(fitting, id_number(), address=fitting))
    except (UnreadableCardText, BadCommand):
        return
    for said in (card.name, card.masked()["name"], card.address):
        assert plain(said).strip() == said, f"it said {said!r}"


def paper_obeys_the_slip_alone(text: str) -> None:
    """Whatever a field says, the printer sees one reset, one cut, no drawer, nothing unknown or at once."""
    slip = Document((Text(text, size=2, bold=True), Columns(text, text), Text("尾"), Cut()))
    data = encode(slip, Profile())
    acts, rest, interpreter = [], data, Interpreter(Paper(576))
    while rest and (step := interpreter.step(rest)) is not None:
        acts.append(rest[:2] if step.act == "" and rest[:2] == b"\x1b@" else step.act)
        rest = rest[step.taken :]
    told = [act for act in acts if act]
    assert told == [b"\x1b@", "cut"], f"the printer was told {told}"
    assert not rest, "half a command is left"


# -- pages, exports, log ------------------------------------------------------------------------------------


def a_page_shows_only_text(text: str) -> None:
    """A template of the managers' pages, with the text where a name stands."""
    unit = {"name": text, "role": "display", "window": None, "level": "fine", "mark": "✓", "link": text}
    page = render("board.html", "zh", units=[unit | {"parts": []}], all_fine=True, active=1, fine=1)
    assert not markup_in(page), f"the page has {markup_in(page)}"


def _rota(text: str) -> Rota:
    plan = plan_of([replace(clerk("1", "A"), name=plain(text) or "李")], week())
    first = next(iter(plan.demands))
    return Rota(plan, (Duty(first.day, first.span, "1", "D", "A"),))


def a_sheet_holds_no_formula(text: str) -> None:
    """Every cell is text or a number, also as a spreadsheet reads it again."""
    book = load_workbook(BytesIO(sheet.rota_sheet(_rota(text), plain(text), MONDAY_MORNING)))
    cells = [cell for one in book for row in one.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"], "a cell is a formula"


def a_calendar_holds_no_line_of_the_text(text: str) -> None:
    """As many events as there are, and no property that we do not write."""
    written = rota_calendar(_rota(text), plain(text), MONDAY_MORNING)
    assert all(len(line) <= 75 for line in written.split(b"\r\n")), "a line is too long"
    parts = list(Calendar.from_ical(written).walk())
    assert {part.name for part in parts} <= {"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"}
    written_keys = {key.upper() for part in parts if part.name == "VEVENT" for key in part}
    assert not written_keys - {"UID", "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "TRANSP", "DTSTAMP",
                               "SEQUENCE", "LOCATION"}, f"an event has {written_keys}"  # fmt: skip


FORMATTER: logging.Formatter = OneLine(FORMAT)


def a_log_has_one_line_for_each_record(text: str) -> None:
    """The message, and the traceback of an error that quotes it."""
    try:
        raise ValueError(text)
    except ValueError as error:
        record = logging.LogRecord("hall", logging.INFO, "", 0, "said %s", (text,), None)
        failed = logging.LogRecord("hall", logging.ERROR, "", 0, "failed", (), (ValueError, error, None))
    for one in (record, failed):
        first, *rest = FORMATTER.format(one).splitlines()
        assert re.match(r"\d{4}-", first)
        assert all(line.startswith("    ") for line in rest), f"a line begins with {rest}"
        assert not re.search(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "".join((first, *rest))
        )


PROPERTIES: Sequence[Check] = (
    a_card_says_only_text,
    paper_obeys_the_slip_alone,
    a_page_shows_only_text,
    a_sheet_holds_no_formula,
    a_calendar_holds_no_line_of_the_text,
    a_log_has_one_line_for_each_record,
)


# -- views --------------------------------------------------------------------------------------------------

_TEXT = re.compile(r"^(?P<indent> *)(?P<kind>Text|Label|TextEdit|TextArea)\s*\{", re.MULTILINE)
_RICH = re.compile(
    r"textFormat\s*:\s*(?!Text\.PlainText\b)\S+|\b(?:Text|TextEdit)\.(?:Rich|Styled|Auto|Markdown)Text\b"
)


def rich_in(source: str) -> Iterator[str]:
    """Where a view's text could be more than plain: not said to be, or said otherwise."""
    yield from (found[0] for found in _RICH.finditer(source))
    for found in _TEXT.finditer(source):
        end = re.compile(rf"^{found['indent']}\}}", re.MULTILINE).search(source, found.end())
        body = source[found.end() : end.start() if end else len(source)]
        if "textFormat: Text.PlainText" not in body:
            yield f"{found['kind']} at line {source.count(chr(10), 0, found.start()) + 1}"


def rich_views() -> Iterator[str]:
    """In every QML file of the product."""
    for folder in ("kiosk", "counter", "display", "shared"):
        for path in sorted((ROOT / folder).rglob("*.qml")):
            yield from (f"{path.relative_to(ROOT)}: {found}" for found in rich_in(path.read_text("utf-8")))


# -- a whole hall of it ----------------------------------------------------------------------------------


def through_a_hall(folder: Path, pieces: Sequence[str], *, screens: bool) -> Iterator[str]:
    """Every piece on a card, in a note, a reason, a notice and a device's name; then all is read."""
    with running_hub(folder / "hall") as hub:
        speaker = Speaker(hub, hub.client("citizen-kiosk"), hub.clerk("1001", window=1))
        for n, piece in enumerate(pieces):
            speaker.say(piece, n)
        yield from in_the_file(hub)
        yield from on_the_pages(hub)
        if screens:
            for app in ("kiosk", "counter", "display"):
                (folder / app).mkdir()
                who = m.Identity(number=id_number(serial=900), name="<b>张</b>\u202e")
                for where, text in looked(app, MASKED, hub, folder / app, who):
                    yield from (f"{where}: {wrong}" for wrong in text.splitlines() if wrong.startswith(RICH))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who leaves texts in a hall."""

    hub: RunningHub
    kiosk: HubClient
    clerk: HubClient

    def say(self, piece: str, n: int) -> None:
        """One hostile text, wherever a person may leave one, at the end and at the beginning."""
        for serial, text in ((2 * n + 1, f"名{piece}"[:60]), (2 * n + 2, f"{piece}名"[:60])):
            who = m.Identity(number=id_number(serial=serial), name=text)
            self.kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A", identity=who))
        called = self.clerk.call("call_next", m.CallNext(), no=1)
        self.clerk.call("start_ticket", m.Nothing(), id=called.id)
        self.clerk.call("transfer_ticket", m.Transfer(lane="B", note=text), id=called.id)
        self.clerk.call("pause_window", m.Reason(reason=text), no=1)
        self.clerk.call("resume_window", m.Nothing(), no=1)
        self.hub.operator.call("post_notice", m.PostNotice(zh=text, en=text))
        self.hub.operator.call("close_lane", m.Reason(reason=text), letter="C")
        self.hub.operator.call("offer_device", m.OfferDevice(role="display", name=text))
        self.hub.enrol("display", text)


def in_the_file(hub: RunningHub) -> Iterator[str]:
    """No fact, and no name that is kept, holds anything but text."""
    with closing(connect(hub.house.database, read_only=True)) as connection:
        rows = connection.execute("SELECT seq, data FROM facts").fetchall()
        for table, column in (("tickets", "holder"), ("devices", "name"), ("notices", "zh")):
            said = connection.execute(f"SELECT rowid, {column} FROM {table}").fetchall()  # noqa: S608
            rows += [(f"{table} {row}", msgspec.json.encode(text).decode()) for row, text in said]
    for where, data in rows:
        for text in _strings(msgspec.json.decode(data)):
            if plain(text) != text:
                yield f"fact or row {where} holds {text!r}"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def on_the_pages(hub: RunningHub) -> Iterator[str]:
    """No page holds markup that a text brought."""
    with closing(manager_of(hub)) as web:
        tokens = phone_tokens(hub)[:6]
        paths = [path for _, path in SECTIONS] + [
            f"/t/{token}{rest}" for token in tokens for rest in ("", "/why")
        ]
        for path in paths:
            page = web.get(path, follow_redirects=True).text
            yield from (f"{path} has the markup {found}" for found in markup_in(page))
        for query in PIECES:
            page = web.get("/book", params={"q": query, "lang": query}, follow_redirects=True).text
            yield from (f"/book?q={query!r} has the markup {found}" for found in markup_in(page))


# -- both forms --------------------------------------------------------------------------------------------


def tried(folder: Path, examples: int, *, screens: bool) -> tuple[int, list[str]]:
    """How many texts were tried, and what was wrong."""
    wrong = [sentence for check in PROPERTIES for sentence in violated(check, examples)]
    wrong += rich_views()
    wrong += through_a_hall(folder, PIECES, screens=screens)
    return examples * len(PROPERTIES) + len(PIECES), wrong


@contextmanager
def without_a_guard(check: Check) -> Iterator[None]:
    """The control of a property: its guard taken away."""
    unescaped = Environment(loader=FunctionLoader(manage_frame.source), autoescape=False, trim_blocks=True)  # noqa: S701
    unescaped.filters.update(manage_frame._pages.filters)
    broken: dict[Check, AbstractContextManager[Any]] = {
        paper_obeys_the_slip_alone: mock.patch.object(encoder, "sanitise", str),
        a_page_shows_only_text: mock.patch.object(manage_frame, "_pages", unescaped),
        a_sheet_holds_no_formula: mock.patch.object(sheet, "only_text"),
        a_log_has_one_line_for_each_record: mock.patch.dict(globals(), FORMATTER=logging.Formatter(FORMAT)),
    }
    with broken[check]:
        yield


CONTROLS: Sequence[Check] = (
    paper_obeys_the_slip_alone,
    a_page_shows_only_text,
    a_sheet_holds_no_formula,
    a_log_has_one_line_for_each_record,
)


def controls_caught(examples: int) -> bool:
    """Each guard is missed when it is not there; a rich view is found."""
    for check in CONTROLS:
        with without_a_guard(check):
            if not violated(check, examples):
                return False
    return bool(list(rich_in("Item {\n    Text {\n        text: name\n    }\n}\n")))


def prove() -> Outcome:
    """Eight hundred texts for each property, a hall with the screens, and every control."""
    with TemporaryDirectory(prefix="s5-") as made:
        count, wrong = tried(Path(made), 800, screens=True)
    return Outcome("S5", count, wrong, controls_caught(300))
