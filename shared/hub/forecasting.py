"""The rollouts of the live hall: played in a process of their own, so that no call waits for one."""

import asyncio
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from subprocess import PIPE, Popen
from typing import IO, Any

from shared.domain.moments import to_millis
from shared.hub.core import Hub
from shared.services.live import live_hall
from shared.simulation.rollout import foresee
from shared.simulation.worker import LENGTH_BYTES, MODULE, WorkerFault, packed, unpacked

log = logging.getLogger(__name__)

EVERY_SECONDS = 15.0
"""Of the hall's own clock; a forecast is believed for two minutes."""
_LEAST_SECONDS = 2.0
_AFTER_FAULT_SECONDS = 60.0
_ANSWER_SECONDS = 30.0


class Oracle:
    """A child process that is asked one thing at a time; a new one follows one that died or hung."""

    def __init__(self, answer_seconds: float = _ANSWER_SECONDS) -> None:
        self._answer_seconds = answer_seconds
        self._child: _Child | None = None
        self._turn = asyncio.Lock()

    async def ask(self, question: Callable[..., Any], *arguments: object) -> Any:
        """`question(*arguments)`, a function of a module, answered by the child. Raises WorkerFault."""
        async with self._turn:
            self._child = self._child or _Child()
            asking = asyncio.to_thread(self._child.ask, packed((question, arguments)))
            try:
                answer = await asyncio.wait_for(asking, self._answer_seconds)
            except (OSError, EOFError, TimeoutError) as error:
                self.close()  # whatever it may still say answers another question
                raise WorkerFault(f"the forecasting process does not answer ({error!r})") from error
            except asyncio.CancelledError:
                self.close()
                raise
        if isinstance(answer, WorkerFault):
            raise answer
        return answer

    def close(self) -> None:
        """End the child; a thread that waits for its answer hears the end of it."""
        child, self._child = self._child, None
        if child is not None:
            child.end()


class _Child:
    """The process and its two pipes."""

    def __init__(self) -> None:
        self._process = Popen(
            (sys.executable, "-m", MODULE), stdin=PIPE, stdout=PIPE, start_new_session=True
        )  # Ctrl+C in a terminal is for the hub, which then ends its child

    def ask(self, question: bytes) -> Any:
        """Send a question and read its answer. Raises OSError or EOFError when the process is gone."""
        questions, answers = self._process.stdin, self._process.stdout
        if questions is None or answers is None:
            raise EOFError("the child has no pipes")
        questions.write(question)
        questions.flush()
        length = int.from_bytes(_read(answers, LENGTH_BYTES), "big")
        return unpacked(_read(answers, length))

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be sent cannot be
                    pipe.close()


def _read(answers: IO[bytes], count: int) -> bytes:
    data = answers.read(count)
    if len(data) < count:
        raise EOFError("the child ended")
    return data


async def run_forecasts(hub: Hub, oracle: Oracle) -> None:
    """Run until cancelled. Without a forecast the hall goes on: the lanes' own pace is promised then."""
    while True:
        pause = max(_LEAST_SECONDS, EVERY_SECONDS / hub.clock.speed)
        try:
            await forecast(hub, oracle)
        except WorkerFault as fault:
            log.warning("no forecast: %s", fault)
            pause = _AFTER_FAULT_SECONDS
        except Exception:
            log.exception("no forecast")  # the hall goes on, and the next look may succeed
            pause = _AFTER_FAULT_SECONDS
        await asyncio.sleep(pause)


async def forecast(hub: Hub, oracle: Oracle) -> None:
    """Play the hall forward once, if anybody waits for it."""
    with hub.snapshot() as connection:
        live = live_hall(connection, hub.plan, to_millis(hub.clock.now()))
    if live.waiting and live.desks:
        hub.estimator.foreseen = await oracle.ask(foresee, live)
