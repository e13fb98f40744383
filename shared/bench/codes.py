"""How well and how fast codes are read from bad pictures, measured in a process of the hardware layer."""

import json
import subprocess
import sys

from shared.figures.table import Figure

_READ, _MOST_MS = 49, 10.0


def measure() -> list[Figure]:
    """All the pictures once."""
    run = subprocess.run(
        [sys.executable, "-m", "hardware.scanner.measure"], stdout=subprocess.PIPE, check=True
    )
    found = json.loads(run.stdout)
    read, each = f"{found['read']} of {found['pictures']} read", f"{found['each_ms']:.1f} ms each"
    value = f"{read}, {found['wrong']} wrongly; {each}"
    met = found["read"] >= _READ and not found["wrong"] and found["each_ms"] < _MOST_MS
    target = f"at least {_READ} read, none wrongly, median under {_MOST_MS:.0f} ms"
    return [
        Figure("codes in bad pictures", value, f"{found['clean_ms']:.1f} ms for a clean one", target, met)
    ]
