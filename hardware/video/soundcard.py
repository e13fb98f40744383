"""Microphone and loudspeaker of this machine, through ALSA's own programs (alsa-utils: arecord, aplay).

Both are devices for the notifier: a program that ends (a headset pulled out) is a fault, and is begun again.
Sound goes through pipes that nobody waits for; what comes too late is dropped, for a call must not lag.
"""

import fcntl
import os
import shutil
import subprocess
import time
from collections import deque
from collections.abc import Sequence
from typing import IO, Final

import numpy as np

from hardware.device import DeviceState, StateChanged
from hardware.faults import DeviceCannotOpen, DeviceFailed
from hardware.video.media import SAMPLE_RATE, SAMPLES, Samples

_RAW = ("-q", "-t", "raw", "-f", "S16_LE", "-r", str(SAMPLE_RATE), "-c", "1", "--buffer-time=100000")
_BYTES = 2 * SAMPLES
_LATEST: Final = 5
"""Chunks of 20 ms that may wait; older ones are dropped."""
_PIPE = 4096  # bytes; the 64 KiB of a usual pipe would be 0.7 s of lag
_SILENT_AFTER = 2.0
_SETTLED = 0.3  # a player without a card ends sooner


class _Program:
    """One of ALSA's programs as a device."""

    poll_interval = 0.01

    def __init__(self, name: str) -> None:
        self._name = name
        self._process: subprocess.Popen[bytes] | None = None
        self._told: DeviceState | None = None
        self._began = 0.0

    def open(self) -> None:
        program = shutil.which(self._name)
        if program is None:
            raise DeviceCannotOpen(f"{self._name} is not installed (alsa-utils)")
        try:
            self._process = subprocess.Popen(
                [program, *_RAW],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError as error:
            raise DeviceCannotOpen(f"{self._name}: {error}") from error
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                os.set_blocking(pipe.fileno(), False)
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
        self._told, self._began = None, time.monotonic()

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            raise DeviceFailed(f"{self._name}: not open")
        if (code := self._process.poll()) is not None:
            raise DeviceFailed(f"{self._name} ended with {code}")
        return self._process

    def _tell(self, state: DeviceState) -> Sequence[StateChanged]:
        if state is self._told:
            return ()
        self._told = state
        return (StateChanged(state),)


class Microphone(_Program):
    """`record` may be called from any thread and never waits."""

    def __init__(self, program: str = "arecord") -> None:
        super().__init__(program)
        self._pending = b""
        self._chunks: deque[Samples] = deque(maxlen=_LATEST)
        self._heard_at = 0.0

    def record(self) -> Samples:
        """The next 20 ms; silence while there are none."""
        try:
            return self._chunks.popleft()
        except IndexError:
            return np.zeros(SAMPLES, np.int16)

    def open(self) -> None:
        super().open()
        self._pending, self._heard_at = b"", self._began
        self._chunks.clear()

    def poll(self) -> Sequence[StateChanged]:
        data = _read(self._running().stdout)
        now = time.monotonic()
        if data:
            self._heard_at = now
            self._cut(self._pending + data)
            return self._tell(DeviceState.READY)
        return self._tell(DeviceState.SILENT) if now - self._heard_at > _SILENT_AFTER else ()

    def _cut(self, data: bytes) -> None:
        whole = len(data) // _BYTES * _BYTES
        for at in range(0, whole, _BYTES):
            self._chunks.append(np.frombuffer(data[at : at + _BYTES], np.int16))
        self._pending = data[whole:]


class Loudspeaker(_Program):
    """`play` may be called from any thread and never waits."""

    def __init__(self, program: str = "aplay") -> None:
        super().__init__(program)
        self._chunks: deque[bytes] = deque(maxlen=_LATEST)
        self._rest = b""

    def play(self, samples: Samples) -> None:
        self._chunks.append(samples.tobytes())

    def open(self) -> None:
        super().open()
        self._rest = b""
        self._chunks.clear()

    def poll(self) -> Sequence[StateChanged]:
        pipe = self._running().stdin
        while pipe is not None and (self._rest or self._chunks):
            data = self._rest or self._chunks.popleft()
            taken = _write(pipe, data)
            self._rest = data[taken:]
            if self._rest:
                break
        is_settled = time.monotonic() - self._began > _SETTLED
        return self._tell(DeviceState.READY) if is_settled else ()


def _read(pipe: IO[bytes] | None) -> bytes:
    """What is there now, at most a pipe's content."""
    try:
        return b"" if pipe is None else os.read(pipe.fileno(), 2 * _PIPE)
    except BlockingIOError:
        return b""


def _write(pipe: IO[bytes], data: bytes) -> int:
    """How many bytes the pipe took."""
    try:
        return os.write(pipe.fileno(), data)
    except BlockingIOError:
        return 0
    except BrokenPipeError as error:
        raise DeviceFailed("the player is gone") from error
