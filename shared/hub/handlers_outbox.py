"""The handlers of messages to citizens: contacts of tickets, the managers' list, the trial of the gateway."""

from shared.domain.contact import Contact, ContactError, phone_contact, wechat_contact
from shared.domain.moments import to_millis
from shared.domain.refusals import Refused
from shared.hub.core import Call, Hub, reply_of
from shared.hub.registry import direct, read, write
from shared.hub.sending import gateway_now, try_gateway
from shared.protocol import messages as m
from shared.protocol import outbox as o
from shared.services import outbox, reminders
from shared.services.outbox_view import outbox_view
from shared.store.tickets import get_ticket
from shared.store.transaction import Transaction
from shared.store.writer import Reply


@write
def leave_contact(hub: Hub, call: Call, tx: Transaction) -> None:
    """Note where the holder of a ticket wants to be told."""
    del hub
    row = get_ticket(tx.connection, call.params["id"])
    reminders.require_taken_here(tx, call.actor, row)
    reminders.leave_contact(tx, row, contact_of(call.body), call.body.purposes)


@write
def tell_result(hub: Hub, call: Call, tx: Transaction) -> None:
    """Tell the holder of a ticket that the result is there."""
    reminders.tell_result(tx, hub.plan, get_ticket(tx.connection, call.params["id"]))


@read
def outbox_now(hub: Hub, call: Call) -> m.Answer:
    """The outbox and its gateway."""
    del call
    return outbox_view(hub.reading, gateway_now(hub), to_millis(hub.clock.now()))


@write
def send_again(hub: Hub, call: Call, tx: Transaction) -> None:
    """Try a failed message again."""
    del hub
    outbox.send_again(tx, call.params["id"])


@write
def drop_message(hub: Hub, call: Call, tx: Transaction) -> None:
    """Give a failed message up."""
    del hub
    outbox.drop(tx, call.params["id"])


@direct
async def gateway_tried(hub: Hub, call: Call) -> Reply:
    """Send a test message: not through the writer, which must not wait for a gateway."""
    return reply_of(await try_gateway(hub), call.route)


def contact_of(body: o.LeaveContact) -> Contact:
    """The contact of a request. Raises Refused("bad_contact")."""
    try:
        if body.phone is not None and body.openid is None:
            return phone_contact(body.phone, body.language)
        if body.openid is not None and body.phone is None:
            return wechat_contact(body.openid, body.language)
    except ContactError as error:
        raise Refused("bad_contact") from error
    raise Refused("bad_contact")
