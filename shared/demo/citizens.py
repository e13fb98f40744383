"""The citizens: at the real kiosk by touch and card, at the hall's other kiosks, and on their phones."""

import logging
import time
from pathlib import Path

import httpx

from hardware.simulators import SimulatedDevice
from shared.client.api import HubClient
from shared.client.errors import HubRefused
from shared.demo.floor import Floor, Visit
from shared.demo.story import Citizen, Turn
from shared.protocol import messages as m
from shared.qt.robot_driver import RobotDriver

log = logging.getLogger(__name__)


def identity_of(citizen: Citizen) -> m.Identity:
    """What the citizen's card says."""
    return m.Identity(number=citizen.id_number, name=citizen.name)


def take_elsewhere(hub: HubClient, floor: Floor, citizen: Citizen) -> Visit:
    """At another kiosk of the hall."""
    body = m.TakeTicket(channel="kiosk", matter=citizen.matter.id, identity=identity_of(citizen))
    taken = hub.call("take_ticket", body)
    hub.call("record_slip", m.RecordSlip(outcome="printed"), id=taken.ticket.id)
    return floor.enter(citizen, taken)


class KioskVisitor:
    """Uses the real kiosk: finds the matter by its initials, lays the card on the reader, takes the slip."""

    def __init__(
        self,
        app: RobotDriver,
        hub: HubClient,
        reader: SimulatedDevice,
        printer: SimulatedDevice,
        pictures: Path,
    ) -> None:
        self._app = app
        self._hub = hub
        self._reader = reader
        self._printer = printer
        self._pictures = pictures
        self._seen: set[str] = set()

    def take(self, floor: Floor, citizen: Citizen) -> Visit:
        """From the first screen back to it."""
        app = self._app
        if citizen.turn is Turn.NO_PAPER:
            self._printer.command("paper out")
        self._picture("home")
        self._find(citizen)
        app.click("continue")
        app.wait("continue-without-card")
        self._picture("identity")
        self._reader.command("put", citizen.name, citizen.id_number)
        app.wait("card-name", timeout=15)
        self._picture("card")
        app.click("continue")
        self._reader.command("lift")
        app.wait("take")
        self._picture("confirm")
        app.click("take")
        app.wait("number", timeout=20)
        taken = self._my_ticket(citizen)
        app.wait("finish", timeout=30)
        self._picture("shown" if citizen.turn is Turn.NO_PAPER else "ticket")
        app.click("finish", timeout=30)
        if citizen.turn is Turn.NO_PAPER:
            self._printer.command("paper in")
        return floor.enter(citizen, taken)

    def _find(self, citizen: Citizen) -> None:
        """Type initials until the matter is on the screen."""
        self._app.click("search")
        for letter in _initials(citizen.matter.name)[:6]:
            self._app.click(f"key-{letter}")
            time.sleep(0.15)
            if f"matter-{citizen.matter.id}" in self._app.names("matter-"):
                break
        self._picture("search")
        self._app.click(f"matter-{citizen.matter.id}")
        self._app.wait("continue")
        self._picture("matter")

    def _my_ticket(self, citizen: Citizen) -> m.TakenTicket:
        found = self._hub.call("find_tickets", m.FindTickets(identity=identity_of(citizen)))
        taken: m.TakenTicket = found.tickets[-1]
        return taken

    def _picture(self, name: str) -> None:
        if name not in self._seen:
            self._seen.add(name)
            time.sleep(0.4)
            self._app.grab(self._pictures / f"kiosk-{name}.png")


def follow(hub: HubClient, floor: Floor, visit: Visit) -> None:
    """What a citizen does between taking the number and leaving."""
    ticket = visit.taken.ticket.id
    if visit.citizen.turn is Turn.CANCELS:
        httpx.post(f"{visit.taken.url}/cancel", follow_redirects=True)
        if hub.call("ticket", id=ticket).state == "cancelled":
            floor.ended(ticket, "cancelled")
        return
    while visit.citizen.turn is Turn.MISSES and not floor.over.wait(0.3):
        if hub.call("ticket", id=ticket).state == "missed":
            floor.pass_minutes(5)
            try:
                hub.call("return_ticket", m.Nothing(), id=ticket)
            except HubRefused as refused:
                log.warning("%s did not come back: %s", visit.taken.ticket.number, refused.en)
            return


def _initials(name: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return "".join(part[0] for part in lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore") if part)
