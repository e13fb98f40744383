"""The handlers of the rota's routes."""

from datetime import date, timedelta

from shared.domain.refusals import Refused
from shared.domain.rota import Goal
from shared.domain.rota_shortage import Shortage
from shared.hub.core import Call, Hub
from shared.hub.registry import write
from shared.protocol import messages as m
from shared.protocol import rota as told
from shared.services import rota as service
from shared.services.rota import StoredRota
from shared.store.sqlite import Connection
from shared.store.transaction import Transaction

_LONGEST_LEAVE = timedelta(days=366)


@write
def draft_rota(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Keep a draft."""
    body: told.DraftRota = call.body
    plan = service.plan_for(tx.connection, hub.plan, body.first, body.last)
    goals = [Goal(goal.name, goal.value, goal.bound) for goal in body.goals]
    return _view(service.save_draft(tx, plan, body.shifts, goals))


@write
def publish_rota(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Let a draft hold."""
    del hub
    return _view(service.publish(tx, call.params["id"]))


@write
def swap_days(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Two clerks exchange days."""
    del hub
    body: told.SwapDays = call.body
    return _view(service.swap(tx, body.clerk, body.day, body.other, body.other_day))


@write
def take_leave(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Note leave or take it back."""
    del hub
    body: told.TakeLeave = call.body
    if not timedelta() <= body.last - body.first <= _LONGEST_LEAVE:
        raise Refused("invalid_body", detail="leave ends on or after its first day, within a year")
    count = (body.last - body.first).days + 1
    days = frozenset(body.first + timedelta(days=n) for n in range(count))
    if body.cancel:
        service.cancel_leave(tx, body.clerk, days)
        return told.LeaveTold(shortages=[])
    short = service.take_leave(tx, body.clerk, days, sick=body.sick)
    return told.LeaveTold(shortages=_said(short), stand_ins=_stand_ins(tx.connection, body.first, short))


@write
def stand_in(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """A clerk takes over."""
    del hub
    body: told.StandInFor = call.body
    return _view(service.stand_in(tx, body.clerk, body.day, body.shift))


@write
def set_rota_clerk(hub: Hub, call: Call, tx: Transaction) -> None:
    """What a clerk can do."""
    body: told.SetRotaClerk = call.body
    service.set_rota_clerk(tx, hub.plan, body.clerk, body.lanes, body.days, leads=body.leads)


def _view(stored: StoredRota) -> told.RotaTold:
    plan = stored.rota.plan
    return told.RotaTold(
        id=stored.id,
        state=stored.state,
        first=plan.first,
        last=plan.last,
        shortages=_said(stored.rota.shortages),
    )


def _said(shortages: tuple[Shortage, ...]) -> list[m.Said]:
    return [m.Said(zh=zh, en=en) for zh, en in (shortage.in_words() for shortage in shortages)]


def _stand_ins(connection: Connection, day: date, short: tuple[Shortage, ...]) -> list[told.StandInTold]:
    if not any(shortage.day == day for shortage in short):
        return []
    return [
        told.StandInTold(
            one.clerk.number, one.clerk.name, shift, one.was_in_reserve, one.running, one.weekends
        )
        for shift, one in service.who_could_stand_in(connection, day)
    ]
