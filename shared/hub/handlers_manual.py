"""The handlers of calls that windows made by hand while the hub was away."""

from shared.hub.core import Call, Hub
from shared.hub.registry import read, write
from shared.protocol import manual as h
from shared.protocol import messages as m
from shared.services import manual
from shared.services.manual_view import call_view, calls_view
from shared.store.manual_calls import find_call
from shared.store.transaction import Transaction


@write
def note_manual_call(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Take in what a window noted."""
    del hub
    return call_view(manual.note(tx, call.actor, call.params["no"], call.body))


@write
def judge_manual_calls(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Judge what nobody judged yet, and say what came of the calls that are asked for."""
    more = manual.judge_noted(tx, hub.plan)
    found = (find_call(tx.connection, key.bytes) for key in call.body.keys)
    return h.JudgedManualCalls(calls=[call_view(one) for one in found if one is not None], more=more)


@read
def manual_calls(hub: Hub, call: Call) -> m.Answer:
    """What a manager decides."""
    del call
    return calls_view(hub.reading, hub.plan)


@write
def settle_manual_call(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """A manager's verdict."""
    return call_view(manual.settle(tx, hub.plan, call.params["id"], call.body.verdict, call.body.reason))
