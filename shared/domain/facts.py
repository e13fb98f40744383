"""Facts: the dotted names of everything that can happen, with what each one tells.

A fact is written in the same transaction as the state it reports. Facts are the audit trail and the
event stream at once; their wording for people lives elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from shared.domain.moments import aware

FACTS: Mapping[str, str] = MappingProxyType(
    {
        "ticket.taken": "a number was given",
        "ticket.called": "a window called a ticket",
        "ticket.recalled": "the window called the same ticket again",
        "ticket.started": "the citizen arrived and service began",
        "ticket.finished": "service ended",
        "ticket.sent_back": "a leg ended and the ticket went back to the window that sent it",
        "ticket.missed": "the citizen did not come",
        "ticket.returned": "a missed ticket came back to the line",
        "ticket.transferred": "a ticket went to another lane or window",
        "ticket.held": "service was interrupted",
        "ticket.resumed": "an interrupted service went on",
        "ticket.cancelled": "the ticket was given up",
        "ticket.expired": "the day ended before the ticket did",
        "ticket.called_by_hand": "a window called a ticket while the hub was away; no screen announces it",
        "ticket.reinstated": "the day had ended over a ticket that a window had called by hand",
        "ticket.rated": "the citizen rated the service; the event stream does not say how",
        "ticket.name_shown": "a clerk looked at the full name",
        "slip.printed": "the printer confirmed the slip",
        "slip.unconfirmed": "the printer did not confirm the slip",
        "slip.reprinted": "the same number was printed again, marked as a copy",
        "slip.received": "the citizen said that the unconfirmed slip came out",
        "slip.shown": "the number was shown on a screen instead of paper",
        "slip.voided": "nobody held the number: it was given up where it was taken",
        "window.opened": "a clerk opened a window",
        "window.paused": "a window paused",
        "window.resumed": "a paused window went on",
        "window.closed": "a window closed",
        "lane.closed": "a manager closed a lane",
        "lane.opened": "a manager opened a lane again",
        "numbers.leased": "a kiosk was lent numbers, to give while the hub is away",
        "numbers.settled": "lent numbers came to their end: what nobody was given stays a gap",
        "manual.noted": "a window brought in what it had noted of a call by hand",
        "manual.carried_out": "a step of a call by hand was carried out",
        "manual.conflicted": "a call by hand contradicts the hall; a person decides",
        "manual.settled": "a manager settled a call by hand that contradicts the hall",
        "clerk.signed_in": "a clerk signed in",
        "clerk.signed_out": "a clerk signed out",
        "clerk.locked_out": "too many wrong PINs",
        "device.offered": "a code to enrol a device was made",
        "device.enrolled": "a device was enrolled",
        "device.revoked": "a device lost its credential",
        "device.state_changed": "a part of a device is in another state than before",
        "notice.posted": "a notice was put on the boards",
        "notice.withdrawn": "a notice was taken off the boards",
        "day.rolled": "the business day moved on",
        "rules.changed": "a figure of the posted order was changed",
        "workdays.changed": "the hall changed its days against the published work calendar",
        "rota.drafted": "a rota was made; it holds nobody yet",
        "rota.published": "a rota holds from now on",
        "rota.swapped": "two clerks exchanged days of the rota",
        "rota.stood_in": "a clerk took over the shift of somebody on leave",
        "leave.taken": "a clerk is on leave on some days",
        "leave.cancelled": "leave was taken back",
        "clerk.rostered": "what a clerk can do was set for the rota",
        "advice.given": "the hall advised to open, close or move a window",
        "advice.judged": "the hour of an advice is over, and what came of it",
        "hours.changed": "the opening hours of a lane were changed",
        "hours.window_changed": "a window's own hours were changed",
        "messages.gateway_changed": "messages go to another gateway, or to none",
        "contact.left": "a citizen asked to be told of a ticket; the fact does not say where",
        "contact.withdrawn": "a citizen does not want to be told after all",
        "message.queued": "something is to be told to a citizen",
        "message.sent": "the gateway took a message",
        "message.dead": "a message failed for good",
        "message.requeued": "a manager lets a failed message be tried again",
        "message.dropped": "a message was given up",
        "message.withdrawn": "a message would no longer be true",
        "message.expired": "a message came too late to be sent",
        "booking.reserved": "a place was held for somebody, for a few minutes",
        "booking.confirmed": "a reservation became a promise",
        "booking.changed": "a booking went to another slot",
        "booking.cancelled": "a booking was given up",
        "booking.lapsed": "nobody confirmed a reservation in time",
        "booking.checked_in": "the holder of a booking came and joined the line",
        "booking.missed": "the holder of a booking did not come on its day",
        "booking.asked_to_move": "the holder of a booking was asked to choose another time",
        "wish.made": "somebody joined the waiting list of a full day",
        "wish.offered": "a place that came free was held for the first of the waiting list",
        "slot.changed": "a slot offers more or fewer places than before",
        "places.worked_out": "the places of a day were worked out anew from who is on duty",
        "places.terms_changed": "how places are worked out was changed",
        "matter.settled": "a matter with a promise was settled after its citizen had left",
        "backup.made": "a backup was made, verified and read back from the second medium",
        "backup.failed": "no backup could be made, and why",
        "check.passed": "the night's audit of the file found nothing",
        "check.failed": "the night's audit of the file found something",
        "drill.passed": "the newest backup and its journal were restored for trial, and equal the file",
        "drill.failed": "the trial restore failed, or differs from the file",
        "people.forgotten": "names, numbers and contacts of people whose day is long over were overwritten",
        "hall.restored": "the file was restored from a backup and the journal",
        "hall.configured": "lanes, windows, matters and clerks were loaded",
    }
)

STAFF_ONLY = frozenset({"note", "reason", "person"})
"""Keys of a fact's data that only clerks and managers see in the event stream."""

PASSING = frozenset({"holder", "note"})
"""Keys that the event stream tells and the file does not keep in the fact: facts are for ever, and whose
ticket it was is to be forgotten. Who was away is told them from the ticket, as long as that knows.
"""

UNSTREAMED = frozenset({"level", "reasons"})
"""Keys that no event stream carries, not even to staff: what one citizen said of one clerk is for the file
and for figures. Nobody would dare a bad word that lights up at the desk while they still stand there."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened. `seq` orders all facts of a hall without gaps, starting at 1."""

    seq: int
    at: datetime
    name: str
    actor: str
    data: Mapping[str, object]

    def __post_init__(self) -> None:
        aware(self.at)
        if self.name not in FACTS:
            raise ValueError(f"unknown fact {self.name!r}")
