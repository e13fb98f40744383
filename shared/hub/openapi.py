"""The OpenAPI 3.1 document, derived from the one table of routes."""

import re
from typing import Any

import msgspec

from shared import __version__
from shared.domain.refusals import REFUSALS
from shared.protocol import messages as m
from shared.protocol.routes import EVENTS_PATH, REQUEST_ID_HEADER, ROUTES, Permission, Route

_ALWAYS = ("busy", "store_unavailable", "internal")
_WITH_BODY = (
    "malformed_json", "invalid_body", "body_too_large", "request_id_missing", "request_id_reused",
    "outcome_unknown",
)  # fmt: skip
_WITH_CREDENTIAL = ("unauthenticated", "revoked", "forbidden")


def document() -> dict[str, Any]:
    """The whole document as JSON-ready values."""
    types = sorted(_types(), key=lambda kind: kind.__name__)
    _, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    listed: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        listed.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    listed[EVENTS_PATH] = {"get": _events()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Service Hall", "version": __version__, "license": {"name": "Apache-2.0"}},
        "paths": listed,
        "components": {
            "schemas": components,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def refusals_of(route: Route) -> list[str]:
    """Every code this route may refuse with."""
    codes = [*route.refusals, *_ALWAYS]
    codes += _WITH_BODY if route.changes else ()
    codes += () if route.permission is Permission.OPEN else _WITH_CREDENTIAL
    codes += ("invalid_query",) if route.query else ()
    return list(dict.fromkeys(codes))


def _types() -> set[type]:
    bodies = {route.body for route in ROUTES if route.body is not None}
    answers = {route.answer for route in ROUTES if route.answer is not None}
    return bodies | answers | {m.Problem}


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "description": f"Permission: `{route.permission.value}`.",
        "parameters": _parameters(route),
        "responses": _responses(route),
    }
    if route.permission is not Permission.OPEN:
        operation["security"] = [{"bearer": []}]
    if route.body is not None:
        operation["requestBody"] = {"required": True, "content": _content(route.body)}
    return operation


def _parameters(route: Route) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True,
         "schema": {"type": "string" if name == "letter" else "integer"}}
        for name in re.findall(r"{(\w+)}", route.path)
    ]  # fmt: skip
    listed += [
        {"name": name, "in": "query", "description": meaning, "schema": {"type": "string"}}
        for name, meaning in route.query
    ]
    if route.changes:
        listed.append(
            {"name": REQUEST_ID_HEADER, "in": "header", "required": True,
             "description": "A UUID of the client's (UUIDv7); a repeat gets the first answer.",
             "schema": {"type": "string", "format": "uuid"}}
        )  # fmt: skip
    return listed


def _responses(route: Route) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    if route.answer is not None:
        responses[str(route.status)] = {"description": "Done.", "content": _content(route.answer)}
    if route.answer is None or route.may_be_empty:
        responses["204"] = {"description": "Nothing to give."}
    by_status: dict[int, list[str]] = {}
    for code in refusals_of(route):
        by_status.setdefault(REFUSALS[code].status, []).append(code)
    for status, codes in sorted(by_status.items()):
        responses[str(status)] = {
            "description": "; ".join(f"`{code}`: {REFUSALS[code].en}" for code in codes),
            "content": {"application/problem+json": {"schema": _reference(m.Problem)}},
        }
    return responses


def _events() -> dict[str, Any]:
    return {
        "operationId": "events",
        "summary": "Server-sent events: every fact once, in order; resume by Last-Event-ID or `after`.",
        "security": [{"bearer": []}],
        "parameters": [
            {"name": "after", "in": "query", "schema": {"type": "integer", "minimum": 0}},
            {"name": "Last-Event-ID", "in": "header", "schema": {"type": "integer", "minimum": 0}},
        ],
        "responses": {
            "200": {"description": "The stream.", "content": {"text/event-stream": {}}},
            "401": {"description": "`unauthenticated`, `revoked`"},
            "422": {"description": "`invalid_query`"},
        },
    }


def _content(kind: type) -> dict[str, Any]:
    return {"application/json": {"schema": _reference(kind)}}


def _reference(kind: type) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}
