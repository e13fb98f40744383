"""The control of calls by hand: a hub that merges what it is told, and asks nobody.

    python -m tests.proofs.merging_hub MODE --data FOLDER ...

MODE `overwriting`: whoever is judged last is right, whatever the hall had. `forgetting`: what contradicts the
hall is left out, and nobody hears of it.
"""

import sys

from shared.domain.manual import Conflict, Step
from shared.hub.__main__ import main
from shared.services import manual
from shared.services.hall import HallPlan
from shared.store.manual_calls import CallRow, get_call, steps_of
from shared.store.tickets import TicketRow
from shared.store.transaction import Transaction

STATES = {Step.CALLED: "called", Step.STARTED: "serving", Step.FINISHED: "done", Step.MISSED: "missed"}


def overwrite(tx: Transaction, plan: HallPlan, call_id: int, n: int) -> None:
    """The last writer wins."""
    del plan
    tx.execute("DROP INDEX one_ticket_per_window")
    tx.execute("CREATE INDEX one_ticket_per_window ON tickets (window) WHERE state IN ('called', 'serving')")
    call = get_call(tx.connection, call_id)
    step = steps_of(tx.connection, call_id)[n]
    ticket = manual._ticket_of(tx, call)
    if ticket is None:
        forget(tx, call, None, Conflict.UNKNOWN_NUMBER)
        return
    tx.execute(
        "UPDATE tickets SET state = ?, window = ?, moves = moves + 1, moved_at = ? WHERE id = ?",
        (STATES[step.step], call.window, step.at, ticket.id),
    )
    tx.execute("UPDATE manual_steps SET carried = 1 WHERE call = ? AND n = ?", (call_id, n))
    tx.execute("UPDATE manual_calls SET state = 'done', ticket = ? WHERE id = ?", (ticket.id, call_id))


def forget(tx: Transaction, call: CallRow, ticket: TicketRow | None, why: Conflict) -> None:
    """Not in the list, and not carried out."""
    del ticket, why
    tx.execute("UPDATE manual_calls SET state = 'withdrawn' WHERE id = ?", (call.id,))


if __name__ == "__main__":
    if sys.argv[1] == "overwriting":
        manual._judge_step = overwrite
    manual._conflict = forget
    sys.exit(main(sys.argv[2:]))
