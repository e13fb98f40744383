"""What a clerk asks of the hub for somebody on the telephone. Every function waits, and runs in a worker."""

import re
from dataclasses import dataclass, field
from datetime import date

from shared.client.api import HubClient, new_request_id
from shared.domain.contact import ContactError, phone_contact
from shared.domain.identity import parse_id_number
from shared.domain.refusals import Refused
from shared.protocol import booking as b
from shared.protocol.messages import Identity, Nothing

_BLANKS = re.compile(r"[\s\-－]+")
_ID_LENGTH = 18


@dataclass(frozen=True, slots=True)
class Caller:
    """What was typed about the person who calls; never in a `repr`."""

    number: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)

    def identity(self, today: date) -> Identity:
        """Who it is. Raises Refused("bad_id_number")."""
        number = parse_id_number(bare(self.number), today)
        return Identity(number=number.value, name=self.name.strip()[:60], source="typed")

    def mobile(self) -> str | None:
        """Where to remind them, if they said so. Raises Refused("bad_contact")."""
        typed = self.phone.strip()
        if not typed:
            return None
        try:
            return phone_contact(typed).address
        except ContactError as error:
            raise Refused("bad_contact") from error


class Once:
    """One request id for one wish: asked again after a lost answer, it is still done only once."""

    def __init__(self) -> None:
        self._wish: object = None
        self._id = ""

    def id_of(self, *wish: object) -> str:
        """The id of this wish; a new one when it is not the last one's."""
        if wish != self._wish:
            self._wish, self._id = wish, new_request_id()
        return self._id

    def over(self) -> None:
        """It was answered; the next one is a wish of its own."""
        self._wish = None


def bare(typed: str) -> str:
    """Without the blanks and hyphens that people write between groups."""
    return _BLANKS.sub("", typed)


def whose(typed: str, today: date) -> b.Whose:
    """An ID number has 18 characters, a code never has. Raises Refused("bad_id_number")."""
    if len(bare(typed)) == _ID_LENGTH:
        return b.Whose(identity=Caller(typed).identity(today))
    return b.Whose(code=typed.strip()[:300])


def book(client: HubClient, wanted: b.Reserve, request_id: str) -> b.Booking:
    """Reserve and confirm in one go: the caller has said yes already. Raises HubError."""
    held = client.ask(b.Booking, "reserve", wanted, request_id=request_id)
    return client.ask(b.Booking, "confirm_booking", Nothing(), token=held.token)
