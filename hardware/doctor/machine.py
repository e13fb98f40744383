"""The machine itself: devices it has, its disk, its font, its clock beside the hub's, its credential."""

import http.client
import json
import logging
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from urllib.parse import quote, urlsplit

from hardware.doctor.advice import Fault
from hardware.doctor.finding import Finding

log = logging.getLogger(__name__)

LEAST_FREE_PERCENT = 5
CLOCK_TOLERANCE_MINUTES = 2
_FONT = "Noto Sans CJK SC"
_WITHIN = 3.0
HUB_NAME = "hub.service-hall.internal"
"""In every hub's certificate (shared.domain.pin has it for the hall's own programs)."""
_NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME of OpenSSL."""
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
_PCSCD = Path("/run/pcscd/pcscd.comm")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something plugged in that may be a device of the hall: a spec to try, and what it calls itself."""

    kind: str
    spec: str
    about: str


def candidates(root: Path = Path("/dev")) -> list[Candidate]:
    """What this machine offers. Network printers are tested only when named: nobody's network is searched."""
    return [*_serial(), *_files(root), *_readers(), *_sound()]


def _serial() -> Iterator[Candidate]:
    from serial.tools.list_ports import comports

    for port in sorted(comports()):
        about = port.description if port.description != "n/a" else "serial port"
        yield Candidate("serial", f"serial://{port.device}", about)


def _files(root: Path) -> Iterator[Candidate]:
    for path in sorted((root / "usb").glob("lp*")):
        yield Candidate("printer", f"escpos:usb://{path}", "USB printer")
    for path in sorted(root.glob("hidraw*")):
        yield Candidate("hid", str(path), "HID device: a card reader, a scanner or a keyboard")
    for path in sorted(root.glob("video*")):
        yield Candidate("camera", f"v4l2:{path}", "camera")


def _readers() -> Iterator[Candidate]:
    if not pcscd_runs():
        return
    try:
        found = import_module("smartcard.System").readers()
    except Exception as error:  # noqa: BLE001 - an optional library, and a service that may go at any time
        log.info("PC/SC readers cannot be listed: %s", error)
        return
    for reader in found:
        yield Candidate("idcard", f"pcsc:/?reader={quote(str(reader))}", "PC/SC reader")


def _sound() -> Iterator[Candidate]:
    from hardware.voice.sinks import has_sound_card

    if has_sound_card():
        yield Candidate("voice", "auto", "sound card")


def pcscd_runs() -> bool:
    """Whether the smart-card service takes connections (its socket may start it on demand)."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(_WITHIN)
        try:
            line.connect(str(_PCSCD))
        except OSError:
            return False
    return True


def check_disk(folder: Path) -> Finding:
    """Room where the app keeps itself."""
    place = next(path for path in (folder, *folder.parents) if path.exists())
    usage = shutil.disk_usage(place)
    percent = 100 * usage.free // usage.total
    fault = Fault.DISK_FULL if percent < LEAST_FREE_PERCENT else Fault.FINE
    return Finding("disk", str(place), fault, f"{percent} % free", {"percent": percent})


def check_font() -> Finding:
    """Without the font every Chinese word is a row of boxes."""
    program = shutil.which("fc-list")
    if program is None:
        return Finding("font", _FONT, Fault.FONT_MISSING, "fontconfig is not installed")
    listed = subprocess.run([program, _FONT], capture_output=True, text=True, timeout=20, check=False)
    fault = Fault.FINE if listed.stdout.strip() else Fault.FONT_MISSING
    return Finding("font", _FONT, fault)


def check_hub(state: Path) -> list[Finding]:
    """The hub that the app in `state` belongs to: reachable, the credential good, the clocks together."""
    try:
        identity = json.loads((state / "device.json").read_text("utf-8"))
        line = Line(str(identity["hub"]), str(identity["token"]), identity.get("authority"))
    except (OSError, ValueError, KeyError, TypeError):
        return [Finding("hub", str(state), Fault.NOT_ENROLLED)]
    hub = line.hub
    try:
        _, health = line.get("/api/v1/health", with_token=False)
        status, _ = line.get("/api/v1/lanes", with_token=True)
        theirs = datetime.fromisoformat(health["now"])
    except ssl.SSLCertVerificationError as error:
        return [Finding("hub", hub, Fault.HUB_FOREIGN, error.verify_message, {"hub": hub})]
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
        return [Finding("hub", hub, Fault.HUB_UNREACHABLE, str(error), {"hub": hub})]
    fault = Fault.REVOKED if status in (401, 403) else Fault.FINE
    return [Finding("hub", hub, fault, f"answers {status}", {"hub": hub}), _clock(hub, theirs)]


def _clock(hub: str, theirs: datetime) -> Finding:
    minutes = round(abs((datetime.now(UTC) - theirs).total_seconds()) / 60)
    fault = Fault.CLOCK_OFF if minutes >= CLOCK_TOLERANCE_MINUTES else Fault.FINE
    return Finding("clock", hub, fault, f"{minutes} min", {"minutes": minutes})


class Line:
    """The hub as the device's file has it: over TLS only its authority is believed, by the hubs' one name.

    Raises ValueError for an authority that is none, and for a hub elsewhere that was never pinned.
    """

    def __init__(self, hub: str, token: str, authority: str | None) -> None:
        parts = urlsplit(hub)
        self.hub = hub
        self._token = token
        self._place = (parts.hostname or "", parts.port or 0)
        self._context = None if parts.scheme == "http" else _pinned(authority)
        if self._context is None and self._place[0] not in _THIS_MACHINE:
            raise ValueError(f"{hub} cannot be known to be the hub")

    def get(self, path: str, *, with_token: bool) -> tuple[int, dict[str, str]]:
        """Status and answer. Raises OSError, http.client.HTTPException or ValueError."""
        line = http.client.HTTPConnection(*self._place, timeout=_WITHIN)
        try:
            line.sock = self._connected()
            line.request(
                "GET", path, headers={"Authorization": f"Bearer {self._token}"} if with_token else {}
            )
            answer = line.getresponse()
            return answer.status, json.loads(answer.read(64 * 1024))
        finally:
            line.close()

    def _connected(self) -> socket.socket:
        plain = socket.create_connection(self._place, timeout=_WITHIN)
        if self._context is None:
            return plain
        try:
            return self._context.wrap_socket(plain, server_hostname=HUB_NAME)
        except OSError:
            plain.close()
            raise


def _pinned(authority: str | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME)  # a wrong clock is a finding of its own
    context.load_verify_locations(cadata=authority or "")
    return context
