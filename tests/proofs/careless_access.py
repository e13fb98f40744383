"""The control of access: a hub in which one check is gone.

python -m tests.proofs.careless_access MODE --data FOLDER ...

`reading` lets anybody read who waits, `changing` lets any device take numbers, `clear` answers everything
without TLS, `office` takes an enrolled browser for a manager.
"""

import sys
from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request

from shared.hub import app, core, manage_entry, plain
from shared.hub.__main__ import main
from shared.protocol.routes import Permission, Route

MODES = ("reading", "changing", "clear", "office")

_visitor = manage_entry.Entry.visitor


def opened(routes: tuple[Route, ...], name: str) -> tuple[Route, ...]:
    return tuple(replace(r, permission=Permission.OPEN) if r.name == name else r for r in routes)


def taken_for_a_manager(self: manage_entry.Entry, request: Request) -> manage_entry.Visitor:
    found = _visitor(self, request)
    who = None if found.browser is None else replace(found.browser, clerk="9001")
    return replace(found, manager=who)


def patch(mode: str) -> None:
    allowed: Mapping[Permission, frozenset[str]] = core._ALLOWED
    if mode == "reading":
        app.ROUTES = opened(app.ROUTES, "queue")  # type: ignore[attr-defined]
    if mode == "changing":
        core._ALLOWED = dict(allowed) | {Permission.TAKE: allowed[Permission.HALL]}
    if mode == "clear":
        plain.is_private = lambda scope: bool(scope)  # type: ignore[attr-defined]
    if mode == "office":
        manage_entry.Entry.visitor = taken_for_a_manager  # type: ignore[method-assign]


if __name__ == "__main__":
    patch(sys.argv[1])
    sys.exit(main(sys.argv[2:]))
