"""The hub with everything that it logs, down to DEBUG; `talkative` is the control of what must not be logged,
`unmasked` that of what must not be shown.

python -m tests.proofs.watched_hub MODE --data FOLDER ...
"""

import logging
import sys
from typing import Any

from shared.hub.__main__ import main
from shared.services import taking

log = logging.getLogger("hall")
DISCREET, TALKATIVE, UNMASKED = "discreet", "talkative", "unmasked"

_holder_of = taking.holder_of


def told_of(tx: Any, identity: Any, number: Any) -> taking.Holder:
    """The control: one line that somebody needed once to find a fault."""
    log.info("a card was read: %s", number.value)
    return _holder_of(tx, identity, number)


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG)
    if sys.argv[1] == TALKATIVE:
        taking.holder_of = told_of
    elif sys.argv[1] == UNMASKED:
        vars(taking).update(mask_name=lambda whole: whole)
    sys.exit(main(sys.argv[2:]))
