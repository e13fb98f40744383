"""Table and handlers fit one another: no route without its handler, none that no route leads to."""

from shared.domain.refusals import REFUSALS
from shared.hub.handlers import READS, WRITES
from shared.hub.openapi import refusals_of
from shared.protocol.routes import ROUTES

OWN_WAY = {"sign_in", "enrol"}
"""Routes with a step outside the writer; dispatch knows them."""
HEARTBEAT = {"report_parts"}
"""Mostly without the writer, and no command: the newest report replaces the one before."""


def test_every_route_has_one_handler() -> None:
    assert {route.name for route in ROUTES if not route.changes} == set(READS) | HEARTBEAT
    assert {route.name for route in ROUTES if route.changes} == set(WRITES) | OWN_WAY


def test_every_refusal_of_the_table_exists() -> None:
    assert {code for route in ROUTES for code in refusals_of(route)} <= set(REFUSALS)


def test_paths_and_methods_are_unique() -> None:
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)
    assert len({route.name for route in ROUTES}) == len(ROUTES)
