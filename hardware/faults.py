"""What can go wrong with a device, split by phase.

Each fault also inherits the builtin that says the same, so code that knows nothing of devices still catches
it sensibly. Foreign errors (pyserial, sockets, termios) become one of these once, in `hardware.transport`,
with their cause kept.
"""


class DeviceError(Exception):
    """Any fault of a device or of the line to it."""


class DeviceUnavailable(DeviceError, LookupError):
    """There is no such device here: unknown driver, unusable specification, missing library."""


class DeviceCannotOpen(DeviceError, ConnectionError):
    """The line to the device could not be opened; trying again later may help."""


class DeviceFailed(DeviceError, OSError):
    """The device was open and its line broke, or it answered with nonsense; reopen it."""


class DeviceTimedOut(DeviceError, TimeoutError):
    """The device did not take our bytes, or did not answer, before the deadline."""
