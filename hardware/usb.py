"""A USB printer as Linux shows it: the character device of `usblp`, `usb:///dev/usb/lp0`.

Never blocks: the device is opened non-blocking and waited for with poll(2). The kernel tells by ENODEV that
the cable is out. A printer without a way back (printer class protocol 1) simply never becomes readable.
"""

import errno
import os
import select
import sys

from hardware.faults import DeviceFailed, DeviceTimedOut, DeviceUnavailable
from hardware.transport import Deadline, using

_CHUNK = 4096
_LEFT = select.POLLHUP | select.POLLERR | select.POLLNVAL if sys.platform == "linux" else 0


class UsbTransport:
    """An open printer device; also any other character device that can be polled."""

    can_read = True

    def __init__(self, path: str) -> None:
        if sys.platform != "linux":
            raise DeviceUnavailable(f"usb://{path}: only Linux shows USB printers as files")
        self._name = path
        self._file = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)

    def write(self, data: bytes, deadline: Deadline) -> None:
        left = memoryview(data)
        with using(self._name):
            while left:
                if not self._is_ready(select.POLLOUT, deadline):
                    raise DeviceTimedOut(f"{self._name}: bytes not taken in time")
                left = left[self._take(left) :]

    def _take(self, data: memoryview) -> int:
        try:
            return os.write(self._file, data)
        except BlockingIOError:  # the driver's one transfer was still under way
            return 0

    def read(self, deadline: Deadline) -> bytes:
        with using(self._name):
            while self._is_ready(select.POLLIN, deadline):
                try:
                    data = os.read(self._file, _CHUNK)
                except BlockingIOError:
                    continue
                if data:
                    return data
                raise DeviceFailed(f"{self._name}: the device is gone")
        return b""

    def _is_ready(self, event: int, deadline: Deadline) -> bool:
        """Wait for `event`; False when the deadline passes first."""
        if self._file < 0:
            raise OSError(errno.ENODEV, "closed")
        poll = select.poll()
        poll.register(self._file, event)
        happened = dict(poll.poll(deadline.remaining * 1000)).get(self._file, 0)
        if not happened & event and happened & _LEFT:
            raise OSError(errno.ENODEV, "the device is gone")
        return bool(happened & event)

    def flush_input(self) -> None:
        with using(self._name):
            if self._is_ready(select.POLLIN, Deadline.after(0)):
                self.read(Deadline.after(0))

    def close(self) -> None:
        file, self._file = self._file, -1
        if file >= 0:
            with using(self._name):
                os.close(file)
