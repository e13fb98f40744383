"""Going on without the hub: the file of what is noted by hand, and bringing in what was noted.

Every function waits for the disk or the hub and runs in a worker, never in the thread of the screen.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from counter.spool import Call, Spool
from shared.client.api import HubClient
from shared.client.errors import HubRefused
from shared.protocol.manual import JudgedManualCalls, JudgeManualCalls, ManualCall
from shared.protocol.messages import Board

GATHER_SECONDS = 2.0
"""Between handing over and asking for the judgement: the other windows come back in these seconds too, and
what all of them noted is judged in the order in which it happened."""
AT_ONCE = 500
_MAY_CHANGE = frozenset({"unauthenticated", "revoked", "forbidden", "unknown_route"})
"""Refusals that say nothing of what was noted: the counter has to be enrolled anew, or the hub is older."""

_log = logging.getLogger(__name__)

MachineClock = Callable[[], datetime]
Wait = Callable[[float], object]


def machine_clock() -> datetime:
    """This machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Standby:
    """What a counter falls back on when the hub cannot be reached. `wait` takes seconds."""

    spool: Spool
    wait: Wait
    clock: MachineClock = machine_clock

    def now(self) -> datetime:
        """The hub's clock as far as it is known."""
        return self.spool.look.time.now(self.clock())


def bring_in(client: HubClient, standby: Standby) -> list[Call]:
    """Hand over what was noted, then have it judged; gives those calls as they stand then.

    Raises `HubError` when the hub is lost again; what it has answered is noted, so nothing is told twice.
    """
    if hand_over(client, standby.spool):
        standby.wait(GATHER_SECONDS)
    return have_judged(client, standby.spool)


def hand_over(client: HubClient, spool: Spool) -> int:
    """Tell the hub of every step that it does not know, in order; gives how many calls there were."""
    pending = spool.pending()
    for call, request_id in pending:
        _tell(client, spool, call, request_id)
    return len(pending)


def have_judged(client: HubClient, spool: Spool) -> list[Call]:
    """Ask what came of the calls that were handed over; the hub judges what all windows noted first."""
    waiting = spool.undecided()
    keys = [UUID(call.key) for call in waiting]
    for first in range(0, len(keys), AT_ONCE):
        body = JudgeManualCalls(keys=keys[first : first + AT_ONCE])
        judged = client.ask(JudgedManualCalls, "judge_manual_calls", body)
        while judged.more:
            judged = client.ask(JudgedManualCalls, "judge_manual_calls", body)
        spool.decided(judged.calls)
    return spool.again(waiting)


def catch_up(client: HubClient, standby: Standby) -> list[Call]:
    """Bring everything in, then keep the hall as it is now for the next time. Errors as of `bring_in`."""
    brought = bring_in(client, standby)
    standby.spool.find_hub(client.ask(Board, "board"), standby.clock())
    return brought


def _tell(client: HubClient, spool: Spool, call: Call, request_id: str) -> None:
    """Hand one over. Raises `HubError` when the outcome is not known, or may be better later."""
    try:
        client.ask(ManualCall, "note_manual_call", call.body(), request_id=request_id, no=call.window)
    except HubRefused as refusal:
        if refusal.status >= 500 or refusal.code in _MAY_CHANGE:
            raise
        _log.error("the hub does not take %s, called by hand: %s", call.display, refusal)
        spool.refused(call, refusal.code, refusal.zh, refusal.en)
    else:
        spool.told(call)
