"""A print queue of CUPS, `cups://queue`: each write is one raw job, through lp, lpstat and cancel.

A spooler takes bytes for somebody else: that a job left the queue says that its bytes went to the printer,
never that paper came out. A job still queued at the deadline is cancelled, so that it cannot come out later,
when its number has been printed again or given up.
"""

import os
import re
import subprocess
import time
from urllib.parse import urlsplit

from hardware.device import DeviceState
from hardware.faults import DeviceCannotOpen, DeviceFailed, DeviceTimedOut, DeviceUnavailable
from hardware.transport import Deadline

_LOOK = 0.1  # seconds between two looks at the queue
_LAST_WORD = 0.5  # seconds for the cancelling of a job whose time is over
_JOB = re.compile(r"request id is (\S+)")

# printer-state-reasons (RFC 8011, section 5.4.12) as lpstat lists them, the gravest first.
_REASONS = (
    ("media-empty", DeviceState.PAPER_OUT),
    ("media-needed", DeviceState.PAPER_OUT),
    ("cover-open", DeviceState.COVER_OPEN),
    ("door-open", DeviceState.COVER_OPEN),
    ("media-jam", DeviceState.CUTTER),
    ("offline", DeviceState.SILENT),
    ("connecting-to-device", DeviceState.SILENT),
    ("timed-out", DeviceState.SILENT),
)


class CupsTransport:
    """Bytes into a queue. Each `write` is one job and returns when the job has left the queue."""

    can_read = False

    def __init__(self, url: str, *, within: float) -> None:
        self._queue = _queue_of(url)
        if _run("lpstat", "-p", self._queue, deadline=Deadline.after(within)).returncode != 0:
            raise DeviceCannotOpen(f"cups: no queue {self._queue}, or no spooler")

    def write(self, data: bytes, deadline: Deadline) -> None:
        """Raises `DeviceTimedOut` when the job was still queued at the deadline; it is cancelled then."""
        by = deadline.at_most(deadline.remaining - min(_LAST_WORD, deadline.remaining / 4))
        said = _run("lp", "-d", self._queue, "-o", "raw", "-t", "slip", "-", data=data, deadline=by)
        job = _JOB.search(said.stdout.decode(errors="replace"))
        if said.returncode != 0 or job is None:
            raise DeviceFailed(f"cups: {self._queue}: {said.stderr.decode(errors='replace').strip()}")
        while self._holds(job[1], by):
            if by.is_over:
                _run("cancel", job[1], deadline=deadline)
                raise DeviceTimedOut(f"cups: {job[1]} was still queued and is cancelled")
            time.sleep(min(_LOOK, by.remaining))

    def _holds(self, job: str, deadline: Deadline) -> bool:
        if deadline.is_over:
            return True
        try:
            listed = _run("lpstat", "-o", self._queue, deadline=deadline).stdout.decode(errors="replace")
        except DeviceTimedOut:
            return True
        return job in (line.partition(" ")[0] for line in listed.splitlines())

    def read(self, deadline: Deadline) -> bytes:
        del deadline
        return b""

    def flush_input(self) -> None:
        """Nothing ever comes."""

    def close(self) -> None:
        """There is nothing open between two jobs."""


def queue_state(url: str, deadline: Deadline) -> DeviceState:
    """What the queue tells of its printer: a fault where it names one, else `UNKNOWN`; never ready.

    Raises `DeviceFailed` when there is no such queue or no spooler, `DeviceTimedOut` when it does not answer.
    """
    queue = _queue_of(url)
    said = _run("lpstat", "-l", "-p", queue, deadline=deadline)
    text = said.stdout.decode(errors="replace")
    if said.returncode != 0 or not text:
        raise DeviceFailed(f"cups: {queue}: {said.stderr.decode(errors='replace').strip()}")
    reasons = next((line for line in text.splitlines() if line.strip().startswith("Alerts:")), "")
    for reason, state in _REASONS:
        if reason in reasons:
            return state
    return DeviceState.ERROR if " disabled since " in text else DeviceState.UNKNOWN


def _queue_of(url: str) -> str:
    queue = urlsplit(url).netloc
    if not re.fullmatch(r"[\w.@-]{1,127}", queue) or queue.startswith("-"):
        raise DeviceUnavailable(f"{url}: no name of a queue")
    return queue


def _run(*words: str, deadline: Deadline, data: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """One command of the spooler, ended at the deadline."""
    try:
        return subprocess.run(
            words,
            input=data,
            capture_output=True,
            timeout=max(deadline.remaining, 0.001),
            check=False,
            env=os.environ | {"LC_ALL": "C"},
        )
    except subprocess.TimeoutExpired as error:
        raise DeviceTimedOut(f"cups: {words[0]} did not answer in time") from error
    except FileNotFoundError as error:
        raise DeviceUnavailable(f"cups: {words[0]} is not installed (Debian: cups-client)") from error
    except OSError as error:
        raise DeviceFailed(f"cups: {words[0]}: {error}") from error
