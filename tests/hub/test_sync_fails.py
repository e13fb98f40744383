"""A disk whose syncs fail for a moment: nobody is refused or served twice; a client asks until it is sure."""

from contextlib import closing
from pathlib import Path

import pytest

from shared.protocol import messages as m
from shared.store.house import House
from shared.store.sqlite import connect
from tests.proofs.forked_hub import HUB, ForkedHub
from tests.proofs.forking import Forks
from tests.proofs.p01_kills import TAKE
from tests.proofs.tracing import NEEDS_STRACE, can_trace

FAILS = "inject=fsync:error=EIO:when=12..15"
"""In the writer's thread: a commit, the one that is to take its place, and the same once more."""


@pytest.mark.skipif(not can_trace(), reason=NEEDS_STRACE)
def test_an_open_outcome_is_asked_for_again_with_the_same_request_id(tmp_path: Path) -> None:
    log = tmp_path / "log"
    tracer = ("strace", "-f", "--seccomp-bpf", "-qqq", "-o", "/dev/null", "-e", "trace=fsync", "-e", FAILS)
    with Forks(HUB, tracer=tracer, log=log) as forks:
        hub = ForkedHub(tmp_path / "hall", forks)
        with closing(hub.client()) as kiosk:
            numbers = [kiosk.ask(m.TakenTicket, "take_ticket", TAKE).ticket.number for _ in range(20)]
            health = kiosk.ask(m.Health, "health")
    assert log.read_text("utf-8").count("the commit failed") == 2
    assert numbers == [f"A{n:03d}" for n in range(1, 21)]
    assert (health.status, health.store) == ("ok", "ok")
    with closing(connect(House(tmp_path / "hall").database, read_only=True)) as connection:
        assert connection.execute("SELECT count(*) FROM tickets").fetchone() == (20,)
