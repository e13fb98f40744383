"""Who acts: the credential behind a request, as services need it."""

from dataclasses import dataclass
from typing import Literal

Standing = Literal["citizen-kiosk", "counter", "display", "office", "operator", "manager", "clerk"]


@dataclass(frozen=True, slots=True)
class Actor:
    """An enrolled device, or a clerk at one.

    `standing` is a device's role, or a clerk's. A browser enrolled for managers is "office", whoever sits at
    it; "manager" is one who signed in, "operator" whoever runs the hub's machine. `clerk` and `session` are
    set for a signed-in clerk; `window` is the window the device is enrolled for, if any.
    """

    standing: Standing
    device: int
    clerk: str | None = None
    session: int | None = None
    window: int | None = None

    @property
    def name(self) -> str:
        """As facts name it: `clerk:1003` or `device:4`."""
        return f"clerk:{self.clerk}" if self.clerk else f"device:{self.device}"

    @property
    def is_staff(self) -> bool:
        """Whether notes and reasons are for these eyes."""
        return self.clerk is not None or self.standing == "operator"

    def as_clerk(self) -> str:
        """The clerk's number; only routes for signed-in clerks ask."""
        if self.clerk is None:
            raise RuntimeError(f"{self.name} is no clerk: the route's permission is wrong")
        return self.clerk


STRANGER = Actor("display", 0)
"""Nobody in particular: behind routes that need no credential."""
