"""Which ticket a scanned code stands for."""

import hmac
import re

from shared.domain.refusals import Refused
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.tickets import TicketRow, find_ticket

_TOKEN = re.compile(r"(\d{1,15})-([A-Za-z0-9_-]{22})", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s?#]+/t/([^\s/?#]+)(?:[?#]\S*)?", re.ASCII)


def ticket_of_token(connection: Connection, token: str) -> TicketRow | None:
    """The ticket that `token`, the end of its phone page's address, belongs to; of any day."""
    found = _TOKEN.fullmatch(token)
    ticket = None if found is None else find_ticket(connection, int(found[1]))
    if found is None or ticket is None or not hmac.compare_digest(ticket.secret, found[2]):
        return None
    return ticket


def ticket_of_code(connection: Connection, code: str) -> TicketRow:
    """Today's ticket that `code`, the QR of a slip or the bare token, stands for.

    The host in the address is not looked at: a hall may have moved, and the secret alone decides.
    Raises Refused("unknown_code"), the same for junk, for another hall's code and for an old one.
    """
    address = _ADDRESS.fullmatch(code.strip())
    ticket = ticket_of_token(connection, code.strip() if address is None else address[1])
    if ticket is None or ticket.day != connection.execute(sql("business_day")).fetchone()[0]:
        raise Refused("unknown_code")
    return ticket
