"""Table and handlers fit one another: no route without its handler, none that no route leads to."""

from shared.domain.refusals import REFUSALS
from shared.hub import handlers  # noqa: F401 - all handlers register themselves
from shared.hub.openapi import refusals_of
from shared.hub.registry import DIRECTS, READS, WRITES
from shared.protocol.routes import ROUTES


def test_every_route_has_one_handler() -> None:
    names = [*READS, *WRITES, *DIRECTS]
    assert sorted(names) == sorted(route.name for route in ROUTES)
    assert not any(route.changes for route in ROUTES if route.name in READS)
    assert all(route.changes for route in ROUTES if route.name in WRITES)


def test_every_refusal_of_the_table_exists() -> None:
    assert {code for route in ROUTES for code in refusals_of(route)} <= set(REFUSALS)


def test_paths_and_methods_are_unique() -> None:
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)
    assert len({route.name for route in ROUTES}) == len(ROUTES)
