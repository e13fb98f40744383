"""Calls by hand over the wire: noted once, judged for all, announced by no screen, decided by managers."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from shared.client.api import HubClient, HubRefused
from shared.client.mirror import CALLS, Mirror
from shared.domain.manual import Step
from shared.protocol import manual as h
from shared.protocol import messages as m
from shared.protocol.events import FactEvent
from shared.protocol.request_id import new_request_id
from shared.testing import RunningHub


@pytest.fixture
def counter(hub: RunningHub) -> HubClient:
    return hub.client("counter")


def take(hub: RunningHub) -> m.Ticket:
    body = m.TakeTicket(channel="kiosk", lane="A")
    return hub.client("citizen-kiosk").ask(m.TakenTicket, "take_ticket", body).ticket


def now(hub: RunningHub) -> datetime:
    return hub.operator.ask(m.Health, "health").now


def noted(hub: RunningHub, number: str, *steps: Step, key: UUID | None = None) -> h.NoteManualCall:
    at = now(hub)
    return h.NoteManualCall(
        key=key or uuid4(),
        day=at.date(),
        series=number[0],
        number=int(number[1:]),
        clerk="1001",
        proved=True,
        steps=[h.NotedStep(step, at + timedelta(seconds=n)) for n, step in enumerate(steps)],
    )


def judged(counter: HubClient, body: h.NoteManualCall) -> h.ManualCall:
    answer = counter.ask(h.JudgedManualCalls, "judge_manual_calls", h.JudgeManualCalls(keys=[body.key]))
    assert not answer.more
    return answer.calls[0]


def test_nothing_is_judged_before_it_is_asked_for(hub: RunningHub, counter: HubClient) -> None:
    body = noted(hub, take(hub).number, Step.CALLED)
    assert counter.ask(h.ManualCall, "note_manual_call", body, no=1).state == "noted"
    assert judged(counter, body).state == "done"
    finished = noted(hub, f"A{body.number:03d}", Step.CALLED, Step.STARTED, Step.FINISHED, key=body.key)
    counter.call("note_manual_call", finished, no=1)
    assert judged(counter, finished).state == "done"


def test_a_repeat_has_the_same_answer_under_whatever_id(hub: RunningHub, counter: HubClient) -> None:
    body, once = noted(hub, take(hub).number, Step.CALLED, Step.MISSED), new_request_id()
    first = counter.ask(h.ManualCall, "note_manual_call", body, request_id=once, no=1)
    assert counter.ask(h.ManualCall, "note_manual_call", body, request_id=once, no=1) == first
    done = judged(counter, body)
    seq = hub.operator.ask(m.Health, "health").seq
    assert counter.ask(h.ManualCall, "note_manual_call", body, no=1) == done
    assert judged(counter, body) == done
    assert hub.operator.ask(m.Health, "health").seq == seq


def test_screens_show_the_state_and_announce_nothing(hub: RunningHub, counter: HubClient) -> None:
    display, ticket = hub.client("display"), take(hub)
    board = display.ask(m.Board, "board")
    mirror, calls = Mirror.load(board), list(board.calls)
    body = noted(hub, ticket.number, Step.CALLED, Step.STARTED)
    counter.call("note_manual_call", body, no=2)
    judged(counter, body)
    heard: list[FactEvent] = []
    with display.events(board.seq) as stream:
        for events in stream:
            heard += [event for event in events if isinstance(event, FactEvent)]
            if any(event.name == "ticket.started" for event in heard):
                break
    for event in heard:
        mirror.apply(event)
    assert not {event.name for event in heard} & CALLS
    fresh = display.ask(m.Board, "board")
    assert fresh.calls == mirror.calls == calls
    assert fresh.windows == list(mirror.windows.values())
    assert (mirror.windows[2].ticket, mirror.windows[2].ticket_state) == (ticket.number, "serving")
    counter.call(
        "note_manual_call",
        noted(hub, ticket.number, Step.CALLED, Step.STARTED, Step.FINISHED, key=body.key),
        no=2,
    )
    judged(counter, body)


def test_a_counter_of_another_window_and_bad_notes_are_refused(hub: RunningHub, counter: HubClient) -> None:
    body = noted(hub, "A001", Step.CALLED)
    with pytest.raises(HubRefused, match="device_of_other_window"):
        hub.client("counter", window=3).call("note_manual_call", body, no=1)
    with pytest.raises(HubRefused, match="unknown_window"):
        counter.call("note_manual_call", body, no=77)
    faults: tuple[dict[str, object], ...] = ({"steps": []}, {"number": 0}, {"series": "a"}, {"clerk": ""})
    for wrong in faults:
        fields = {name: getattr(body, name) for name in body.__struct_fields__}
        with pytest.raises(HubRefused, match="invalid_body"):
            counter.call("note_manual_call", h.NoteManualCall(**fields | wrong), no=1)


def test_managers_decide_over_the_wire_too(hub: RunningHub, counter: HubClient) -> None:
    body = noted(hub, "A950", Step.CALLED, Step.STARTED)
    counter.call("note_manual_call", body, no=1)
    conflict = judged(counter, body)
    assert (conflict.state, conflict.conflict, conflict.en) == (
        "conflict",
        "unknown_number",
        "No such number was given that day",
    )
    before = hub.operator.ask(h.ManualCalls, "manual_calls")
    assert conflict in [one.call for one in before.open]
    verdict = h.SettleManualCall(verdict="hall", reason="打错了号")
    hub.operator.call("settle_manual_call", verdict, id=conflict.id)
    after = hub.operator.ask(h.ManualCalls, "manual_calls")
    assert after.conflicts == before.conflicts - 1
    assert after.settled[0].settled is not None
    assert after.settled[0].settled.reason == "打错了号"
    with pytest.raises(HubRefused, match="manual_call_settled"):
        hub.operator.call("settle_manual_call", verdict, id=conflict.id)
