"""From a fault of a device to its closest cause on this machine: permission, another program, no port."""

import errno
import getpass
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from hardware.doctor.advice import BY_ERROR, Fault
from hardware.doctor.finding import Finding
from hardware.faults import DeviceError

_GONE = (errno.ENOENT, errno.ENODEV, errno.ENXIO)
_FAR = (errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ETIMEDOUT)


def diagnose(kind: str, spec: str, error: DeviceError) -> Finding:
    """Why `error` came, as closely as can be told."""
    line = line_of(spec)
    path = Path(urlsplit(line).path)
    fault = _cause(error, path)
    fields: dict[str, object] = {"line": str(path) if fault in _LOCAL else line}
    if fault is Fault.NO_PERMISSION:
        fields |= {"user": getpass.getuser(), "group": group_of(path)}
    if fault is Fault.BUSY:
        fields["who"] = ", ".join(users_of(path)) or "?"
    if fault is Fault.NO_LIBRARY:
        fields["missing"] = str(error)
    return Finding(kind, spec, fault, str(error), fields)


_LOCAL = (Fault.NO_PERMISSION, Fault.BUSY, Fault.NO_PORT)


def _cause(error: DeviceError, path: Path) -> Fault:
    causes = list(_causes(error))
    numbers = {cause.errno for cause in causes if isinstance(cause, OSError)}
    numbers |= {number for number in _TOLD if any(f"[Errno {number}]" in str(cause) for cause in causes)}
    if any(isinstance(cause, ImportError) for cause in causes):
        return Fault.NO_LIBRARY
    if numbers & {errno.EACCES, errno.EPERM}:
        return Fault.NO_PERMISSION
    if numbers & {errno.EBUSY, errno.EAGAIN} and path.exists():
        return Fault.BUSY
    if errno.ECONNREFUSED in numbers:
        return Fault.NOBODY_LISTENS
    if numbers & set(_FAR) or any(isinstance(c, socket.gaierror | TimeoutError) for c in causes[1:]):
        return Fault.NO_WAY
    if numbers & set(_GONE):
        return Fault.NO_PORT
    return next(BY_ERROR[kind] for kind in type(error).__mro__ if kind in BY_ERROR)


_TOLD = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.EAGAIN, errno.ECONNREFUSED, *_FAR, *_GONE)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it. pyserial keeps the number of the system's error in its text only."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__


def line_of(spec: str) -> str:
    """`serial:///dev/ttyS0` of `sam:serial:///dev/ttyS0?baud=9600`."""
    return spec.partition(":")[2].partition("?")[0]


def group_of(path: Path) -> str:
    """The group that may use a device file; dialout or lp where it cannot be told."""
    try:
        import grp

        return grp.getgrgid(path.stat().st_gid).gr_name
    except (OSError, KeyError, ImportError):
        return "lp" if "lp" in path.name else "dialout"


def users_of(path: Path) -> list[str]:
    """The programs that hold `path` open, as `name (number)`; those of other users only when we are root."""
    wanted = os.path.realpath(path)
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            is_holder = any(os.path.realpath(link) == wanted for link in (process / "fd").iterdir())
            if is_holder and int(process.name) != os.getpid():
                found.append(f"{(process / 'comm').read_text().strip()} ({process.name})")
        except OSError:
            continue
    return found
