"""What the driver must know of a printer: its paper and how it tells its state.

A table and not a class per model: models differ in these few facts only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from hardware.spec import DeviceSpec

DOTS_PER_COLUMN = 12


class StatusMode(StrEnum):
    """How a printer tells its state."""

    NONE = "none"  # it does not: its state is always unknown
    EOT = "eot"  # DLE EOT 1 to 4
    EOT4 = "eot4"  # DLE EOT 4 only (paper), as many cheap ones
    ASB = "asb"  # automatic status back, GS a
    SPOOLER = "spooler"  # only the print queue before it tells anything; always so for cups:


_TOLD = (StatusMode.NONE, StatusMode.EOT, StatusMode.EOT4, StatusMode.ASB)  # what a setting may say


@dataclass(frozen=True, slots=True)
class Paper:
    """Printable width in dots at 8 dots/mm."""

    dots: int

    @property
    def columns(self) -> int:
        return self.dots // DOTS_PER_COLUMN


PAPERS: Mapping[str, Paper] = MappingProxyType({"58": Paper(dots=384), "80": Paper(dots=576)})


@dataclass(frozen=True, slots=True)
class Profile:
    """One printer as it stands in the hall."""

    paper: Paper = PAPERS["80"]
    status: StatusMode = StatusMode.EOT
    proof: bool = True
    """Whether it answers GS r 1, which proves that everything before it was printed."""
    clear: bool = True
    """Whether DLE DC4 8 may be sent; it empties the buffers, and only its answer is believed."""
    native_qr: bool = False
    """Whether it draws QR codes itself (GS ( k); otherwise they are sent as an image."""

    @property
    def is_blind(self) -> bool:
        """It cannot tell its state, but prints."""
        return self.status in (StatusMode.NONE, StatusMode.SPOOLER)

    @classmethod
    def from_spec(cls, spec: DeviceSpec) -> Self:
        """Options: `paper` 58, 80; `status` none, eot, eot4, asb; `proof` and `clear` yes, no; `qr` image,
        native.
        """
        status = StatusMode(spec.choice("status", "eot", [mode.value for mode in _TOLD]))
        profile = cls(
            paper=PAPERS[spec.choice("paper", "80", list(PAPERS))],
            status=status,
            proof=spec.choice("proof", "no" if status is StatusMode.NONE else "yes", ["yes", "no"]) == "yes",
            clear=spec.choice("clear", "yes", ["yes", "no"]) == "yes",
            native_qr=spec.choice("qr", "image", ["image", "native"]) == "native",
        )
        match spec.url.partition(":")[0]:
            case "file":
                return replace(profile, status=StatusMode.NONE, proof=False, clear=False)
            case "cups":
                return replace(profile, status=StatusMode.SPOOLER, proof=False, clear=False)
        return profile
