"""A process that plays the live hall forward for the hub: a question in, an answer out, until its input ends.

Each is a pickle behind its length (4 bytes, big-endian). It runs only as the child of whoever asks, holds no
socket, and ends with its parent: the input ends then, however the parent did.
"""

import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

LENGTH_BYTES = 4
MODULE = "shared.simulation.worker"


def packed(value: object) -> bytes:
    """A question or an answer as bytes."""
    data = pickle.dumps(value)
    return len(data).to_bytes(LENGTH_BYTES, "big") + data


def unpacked(data: bytes) -> Any:
    """What `packed` packed, without its length. Only for bytes of our own child or parent."""
    return pickle.loads(data)  # noqa: S301 - our own processes on both ends of a private pipe


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the input ends. A question is a function of a module with its arguments."""
    while len(head := questions.read(LENGTH_BYTES)) == LENGTH_BYTES:
        ask: Callable[..., object]
        ask, arguments = unpacked(questions.read(int.from_bytes(head, "big")))
        answers.write(packed(_answer(ask, arguments)))
        answers.flush()


def _answer(ask: Callable[..., object], arguments: tuple[object, ...]) -> object:
    try:
        return ask(*arguments)
    except Exception as error:  # noqa: BLE001 - told to whoever asked
        return WorkerFault(f"{type(error).__name__}: {error}")


class WorkerFault(Exception):
    """What went wrong in the child."""


if __name__ == "__main__":
    from shared.simulation import worker  # the class of a fault must be the one that the parent knows

    with suppress(BrokenPipeError):  # the parent is gone: nobody waits for the answer
        worker.serve(sys.stdin.buffer, sys.stdout.buffer)
    os._exit(0)  # without another try to flush what nobody reads
