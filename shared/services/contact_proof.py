"""Proof of contact: a code sent to a telephone, good once, for a few minutes and a few tries.

Nobody holds a place from outside the hall before it: neither by somebody else's number nor by a robot's.
"""

import secrets
from datetime import timedelta

from shared.domain.booking import LIMITS
from shared.domain.contact import Contact
from shared.domain.moments import to_millis
from shared.domain.refusals import Refused
from shared.domain.reminders import Kind, Message
from shared.services.outbox import enqueue, gateway_host, recipient_of
from shared.store.queries import sql
from shared.store.transaction import Transaction

_HOUR = timedelta(hours=1)
_KEPT = timedelta(days=2)


def send_code(tx: Transaction, contact: Contact, address: bytes | None) -> None:
    """Send a code. Raises Refused: no_gateway, or too_many_from_here, for either limit the same."""
    if gateway_host(tx.connection) is None:
        raise Refused("no_gateway")
    recipient, since = recipient_of(tx.keys, contact), to_millis(tx.now - _HOUR)
    sent = tx.execute(sql("proofs_sent_to"), (recipient, since)).fetchone()[0]
    asked = 0 if address is None else tx.execute(sql("proofs_asked_from"), (address, since)).fetchone()[0]
    if sent >= LIMITS.proofs_per_contact_and_hour or asked >= LIMITS.proofs_per_address_and_hour:
        raise Refused("too_many_from_here")
    code = f"{secrets.randbelow(1_000_000):06d}"
    tx.execute(sql("forget_proofs"), (to_millis(tx.now - _KEPT),))
    number = tx.execute(
        sql("insert_proof"), (recipient, _kept(tx, recipient, code), address, tx.millis)
    ).lastrowid
    deadline = tx.now + LIMITS.proof
    enqueue(tx, Message(Kind.PROOF, contact, f"proof:{number}", {"code": code}, deadline))


def prove(tx: Transaction, contact: Contact, code: str) -> bool:
    """Whether `code` is the newest that was sent there and still good; a right one is used up.

    A wrong one is counted: the caller must let this transaction be, and refuse afterwards ("code_wrong").
    """
    recipient = recipient_of(tx.keys, contact)
    row = tx.execute(sql("newest_proof"), (recipient, to_millis(tx.now - LIMITS.proof))).fetchone()
    if row is None or row[2] >= LIMITS.proof_tries:
        return False
    number, kept, _ = row
    if not secrets.compare_digest(bytes(kept), _kept(tx, recipient, code.strip())):
        tx.execute(sql("proof_tried"), (number,))
        return False
    tx.execute(sql("proof_used"), (tx.millis, number))
    return True


def _kept(tx: Transaction, recipient: bytes, code: str) -> bytes:
    return tx.keys.code(f"proof:{recipient.hex()}:{code}")
