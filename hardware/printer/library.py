"""python-escpos as we use it: its command builder, writing into memory.

Measured in 3.1 and worked around here: importing it configures the root logger and leaves a temporary folder
behind in every process. Its text, status and network parts are not used (see `encoder`, `status`, `driver`).
"""

import logging
import shutil
from os import environ
from pathlib import Path
from typing import Any


def _import_quietly() -> tuple[type[Any], int]:
    """The in-memory printer and the constant for QR level M, with the side effects of the import undone."""
    handlers = list(logging.root.handlers)
    from escpos.capabilities import pickle_dir
    from escpos.constants import QR_ECLEVEL_M
    from escpos.printer.dummy import Dummy

    logging.root.handlers[:] = handlers
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in environ:
        shutil.rmtree(Path(pickle_dir), ignore_errors=True)
    return Dummy, QR_ECLEVEL_M


_Dummy, QR_LEVEL_M = _import_quietly()


def command_builder(dots: int) -> Any:
    """A builder of commands for paper `dots` wide; its bytes are `output`."""
    builder = _Dummy()
    # Without a width python-escpos prints a complaint to standard output for every image.
    builder.profile.profile_data = builder.profile.profile_data | {"media": {"width": {"pixels": dots}}}
    return builder
