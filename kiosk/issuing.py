"""Giving a number: the printer is asked first, the hub second, and the slip's fate is told last.

Every function here waits for a device or the hub and runs in a worker, never in the thread of the screen.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from hardware.printer.document import Document
from kiosk.equipment import Equipment, PrinterReport
from kiosk.outage import Standby
from kiosk.reasons_slip import compose_reasons
from kiosk.slip import Language, compose_slip
from kiosk.visit import SILENCE, Citizen, Order, Sentence, Slip, Trouble
from shared.client.api import HubClient
from shared.client.errors import HubError, HubRefused, HubUnreachable
from shared.protocol.messages import (
    FindTickets,
    FoundTickets,
    HallInfo,
    Lane,
    Matter,
    Matters,
    Nothing,
    ReadCode,
    RecordSlip,
    SlipEvent,
    TakenTicket,
    TakeTicket,
    VoidTicket,
    Why,
)

LONGEST_CODE = 2048
"""Characters of a scan that the hub looks at; no code of the hall is as long."""

_log = logging.getLogger(__name__)
_HUB_IN_TROUBLE = 500
"""Statuses from here on say nothing of the citizen: the hub cannot write, or has a fault of its own."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A number was given. `prints` says whether its slip may be tried."""

    ticket: TakenTicket
    prints: bool


@dataclass(frozen=True, slots=True)
class NotTaken:
    """No number, and why; `held` are the live tickets of a person who already has one in this lane.

    `hub_failed`: the fault is the hub's or the line's, and a number may be given without them.
    """

    trouble: Trouble
    sentence: Sentence = SILENCE
    held: tuple[TakenTicket, ...] = ()
    printer: PrinterReport | None = None
    hub_failed: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """All that a slip says, besides the ticket."""

    hall: HallInfo
    lane: Lane
    matter: Matter | None
    language: Language

    def document(self, taken: TakenTicket, columns: int, *, copy: bool) -> Document:
        return compose_slip(
            self.hall, taken, self.lane, self.matter, columns=columns, copy=copy, language=self.language
        )


def take(
    client: HubClient,
    equipment: Equipment,
    order: Order,
    *,
    on_screen: bool,
    standby: Standby | None = None,
    is_online: bool = True,
) -> Taken | NotTaken:
    """Ask the printer, then the hub; without the hub, give a lent number of `standby`.

    `on_screen`: the citizen knows that there will be no slip. A repeat with the same `order.request_id` gets
    the same number. A lent number carries that id to the hub, which undoes what it may have given for it.
    """
    report = equipment.ask_printer()
    if not report.is_sure and not on_screen:
        return NotTaken(Trouble.NO_PAPER, printer=report)
    lent = None if standby is None or is_online else standby.give(order)
    answer = _ask(client, order) if lent is None else lent
    if isinstance(answer, NotTaken) and answer.hub_failed and standby is not None:
        answer = standby.give(order) or answer
    return answer if isinstance(answer, NotTaken) else Taken(answer, prints=report.can_print)


def _ask(client: HubClient, order: Order) -> TakenTicket | NotTaken:
    """The hub's number, or why there is none."""
    try:
        return _expect(client.call("take_ticket", _request(order), request_id=order.request_id))
    except HubRefused as refusal:
        return _refused(client, order, refusal)
    except HubError as error:
        _log.warning("no number: %s", error)
        never_sent = isinstance(error, HubUnreachable) and not error.is_unknown
        return NotTaken(Trouble.UNREACHABLE if never_sent else Trouble.UNKNOWN, hub_failed=True)


def deliver(
    equipment: Equipment, paper: Paper, taken: TakenTicket, *, copy: bool, prints: bool
) -> tuple[Slip, SlipEvent]:
    """Print the slip if it may be tried, and say what became of it: for the citizen, and for the hub."""
    return _print(equipment, paper, taken, copy=copy) if prints else (Slip.SHOWN, "shown")


def print_reasons(
    client: HubClient, equipment: Equipment, hall: HallInfo, ticket: int, language: Language
) -> Slip:
    """Print why a ticket waits, as it is now: printed, unconfirmed, or not at all. Raises `HubError`."""
    why = client.ask(Why, "why", id=ticket)
    return fate(equipment, lambda _columns: compose_reasons(hall, why, language=language))


def record(client: HubClient, taken: TakenTicket, event: SlipEvent, *, request_id: str) -> None:
    """Keep what became of a slip. Raises `HubError`."""
    client.call("record_slip", RecordSlip(outcome=event), request_id=request_id, id=taken.ticket.id)


def void(
    client: HubClient, taken: TakenTicket, why: Literal["no_slip", "no_answer"], *, request_id: str
) -> None:
    """Give up a number that nobody holds. Raises `HubError`."""
    client.call("void_ticket", VoidTicket(why=why), request_id=request_id, id=taken.ticket.id)


def chase(client: HubClient, order: Order, *, void_id: str) -> None:
    """Ask once more for the answer that was lost, by the same request id, and give up what it brings.

    Nobody is left to hold the number. Raises `HubError`; a refusal says that there is none.
    """
    taken = _expect(client.call("take_ticket", _request(order), request_id=order.request_id))
    void(client, taken, "no_answer", request_id=void_id)


def find(client: HubClient, citizen: Citizen) -> tuple[TakenTicket, ...]:
    """The live tickets of the person whose card was read. Raises `HubError`."""
    found = client.call("find_tickets", FindTickets(identity=citizen.identity))
    return tuple(found.tickets) if isinstance(found, FoundTickets) else ()


def read_code(client: HubClient, code: str) -> TakenTicket:
    """The ticket whose code was scanned, as it is now. Raises `HubError`."""
    return _expect(client.call("read_code", ReadCode(code=code[:LONGEST_CODE])))


def give_back(client: HubClient, taken: TakenTicket) -> TakenTicket:
    """Put a missed ticket back into its line, and see how it stands there. Raises `HubError`."""
    client.call("return_ticket", Nothing(), id=taken.ticket.id)
    return read_code(client, taken.url)


def matter_of(client: HubClient, taken: TakenTicket) -> Matter | None:
    """The matter a found ticket was taken for, to print its materials again; None when it cannot be had."""
    return None if taken.ticket.matter is None else matter_named(client, taken.ticket.matter)


def matter_named(client: HubClient, wanted: str) -> Matter | None:
    """The matter with the id `wanted`; None when it cannot be had."""
    try:
        answer = client.call("matters")
    except HubError as error:
        _log.warning("a paper without the materials of %s: %s", wanted, error)
        return None
    matters: Sequence[Matter] = answer.matters if isinstance(answer, Matters) else ()
    return next((matter for matter in matters if matter.id == wanted), None)


def _request(order: Order) -> TakeTicket:
    return TakeTicket(
        channel="kiosk",
        lane=order.lane if order.matter is None else None,
        matter=order.matter,
        identity=None if order.citizen is None else order.citizen.identity,
        priority=order.priority,
    )


def _refused(client: HubClient, order: Order, refusal: HubRefused) -> NotTaken:
    sentence = Sentence(refusal.zh, refusal.en)
    held: tuple[TakenTicket, ...] = ()
    if refusal.code == "has_live_ticket" and order.citizen is not None:
        held = _held(client, order.citizen, refusal)
    return NotTaken(Trouble.REFUSED, sentence, held, hub_failed=refusal.status >= _HUB_IN_TROUBLE)


def _held(client: HubClient, citizen: Citizen, refusal: HubRefused) -> tuple[TakenTicket, ...]:
    """The one ticket that stands in the way; none when the hub cannot be asked now.

    None for a typed number, too: its owner may be someone else, whose slip is not to be had that way.
    """
    if citizen.is_typed:
        return ()
    try:
        found = find(client, citizen)
    except HubError as error:
        _log.warning("the live ticket could not be fetched: %s", error)
        return ()
    number = str(refusal.fields.get("number", ""))
    return tuple(taken for taken in found if taken.ticket.number == number)


def _print(equipment: Equipment, paper: Paper, taken: TakenTicket, *, copy: bool) -> tuple[Slip, SlipEvent]:
    slip = fate(equipment, lambda columns: paper.document(taken, columns, copy=copy))
    events: dict[Slip, SlipEvent] = {
        Slip.PRINTED: "reprinted" if copy else "printed",
        Slip.UNCONFIRMED: "unconfirmed",
        Slip.SHOWN: "shown",
    }
    return slip, events[slip]


def fate(equipment: Equipment, compose: Callable[[int], Document]) -> Slip:
    """Print, and say what is certain of it."""
    from hardware.printer.driver import PrintResult

    match equipment.print(compose).result:
        case PrintResult.CONFIRMED:
            return Slip.PRINTED
        case PrintResult.UNCONFIRMED:
            return Slip.UNCONFIRMED
        case PrintResult.NOT_PRINTED:
            return Slip.SHOWN


def _expect(answer: object) -> TakenTicket:
    if not isinstance(answer, TakenTicket):
        raise TypeError(f"a ticket was expected, not {type(answer).__name__}")
    return answer
