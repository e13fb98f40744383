"""May a client of an older release go on with this hub? Compares their API documents (OpenAPI 3.1).

Whatever an older client may send must be taken, and whatever the hub may answer must be understood: for each
schema, every value of the one is a value of the other. Only what msgspec writes into schemas is known here; a
word that is not stops the comparison.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
_LOW = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_HIGH = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_EXACT = ("pattern", "format", "const", "contentEncoding")
_SAID = ("title", "description", "default", "discriminator", "examples")
_SHAPE = ("type", "enum", "anyOf", "oneOf", "$ref", "properties", "required", "additionalProperties", "items",
          "prefixItems", "propertyNames")  # fmt: skip
_KNOWN = frozenset((*_LOW, *_HIGH, *_EXACT, *_SAID, *_SHAPE))


@dataclass(frozen=True, slots=True)
class Within:
    """Whether every value of a schema of one document is a value of a schema of another."""

    one: Schema
    other: Schema
    is_answer: bool = False
    """The other side looks at every field that it knows, though some may be missing at times."""
    pairs: tuple[tuple[str, str], ...] = ()
    """References that are being compared already: schemas may contain themselves."""

    def unlike(self, a: Schema, b: Schema, at: str) -> Iterator[str]:
        """Why not, and where."""
        if "$ref" in a or "$ref" in b:
            yield from self._referred(a, b, at)
            return
        if unknown := (a.keys() | b.keys()) - _KNOWN:
            raise ValueError(f"{at}: this comparison knows no {', '.join(sorted(unknown))}")
        if forms := _forms(a):
            for form in forms:
                yield from self.unlike(form, b, at)
        elif forms := _forms(b):
            if all(any(self.unlike(a, form, at)) for form in forms):
                yield f"{at}: {_brief(a)} is none of {', '.join(map(_brief, forms))}"
        else:
            yield from self._plain(a, b, at)

    def _referred(self, a: Schema, b: Schema, at: str) -> Iterator[str]:
        pair = (a.get("$ref", ""), b.get("$ref", ""))
        if pair in self.pairs:
            return
        inner = Within(self.one, self.other, self.is_answer, (*self.pairs, pair))
        yield from inner.unlike(_resolved(a, self.one), _resolved(b, self.other), at)

    def _plain(self, a: Schema, b: Schema, at: str) -> Iterator[str]:
        if "enum" in b and not set(_values(a)) <= set(b["enum"]):
            yield f"{at}: {_brief(a)} has more values than {_brief(b)}"
        elif _kinds(b) and not _kinds(a) <= _kinds(b):
            yield f"{at}: {_brief(a)} is no {_brief(b)}"
        elif not _limited(a, b):
            yield f"{at}: {_brief(a)} is not within the limits of {_brief(b)}"
        else:
            yield from self._parts(a, b, at)

    def _parts(self, a: Schema, b: Schema, at: str) -> Iterator[str]:
        for name in b.get("required", ()):
            if name not in a.get("required", ()):
                yield f"{at}.{name}: may be missing, and is needed"
        known, given = b.get("properties", {}), a.get("properties", {})
        for name in (known.keys() - given.keys()) if self.is_answer else ():
            yield f"{at}.{name}: is never there any more"
        for name, schema in given.items():
            if name in known:
                yield from self.unlike(schema, known[name], f"{at}.{name}")
            elif b.get("additionalProperties") is False:
                yield f"{at}.{name}: is not known any more"
        for word, mark in (("items", "[]"), ("additionalProperties", "{}")):
            if isinstance(a.get(word), dict) and isinstance(b.get(word), dict):
                yield from self.unlike(a[word], b[word], at + mark)
        for n, (mine, theirs) in enumerate(
            zip(a.get("prefixItems", ()), b.get("prefixItems", ()), strict=False)
        ):
            yield from self.unlike(mine, theirs, f"{at}[{n}]")


def _forms(schema: Schema) -> list[Schema]:
    return list(schema.get("anyOf") or schema.get("oneOf") or ())


def _resolved(schema: Schema, document: Schema) -> Schema:
    found = document
    for part in schema["$ref"].removeprefix("#/").split("/") if "$ref" in schema else ():
        found = found[part]
    return found if "$ref" in schema else schema


def _kinds(schema: Schema) -> set[str]:
    if "enum" in schema:
        return {_kind_of(value) for value in schema["enum"]}
    kind = schema.get("type", [])
    kinds = {kind} if isinstance(kind, str) else set(kind)
    return kinds | {"integer"} if "number" in kinds else kinds


def _kind_of(value: object) -> str:
    names = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
    return names[type(value)]


def _values(schema: Schema) -> list[Any]:
    """All values; where they cannot be listed, one that no list has."""
    return list(schema.get("enum", [object()]))


def _limited(a: Schema, b: Schema) -> bool:
    return (
        all(word not in b or (word in a and a[word] >= b[word]) for word in _LOW)
        and all(word not in b or (word in a and a[word] <= b[word]) for word in _HIGH)
        and all(word not in b or a.get(word) == b[word] for word in _EXACT)
    )


def _brief(schema: Schema) -> str:
    return str(schema.get("enum") or schema.get("type") or sorted(schema))


def broken_promises(old: Schema, new: Schema) -> Iterator[str]:
    """What a client of the `old` document meets with a hub of the `new` one."""
    for path, methods in old["paths"].items():
        for method, was in methods.items():
            at = f"{method.upper()} {path}"
            if (now := new["paths"].get(path, {}).get(method)) is None:
                yield f"{at}: is gone"
                continue
            yield from _asked(at, was, now)
            if "requestBody" in was and "requestBody" in now:
                sent = Within(old, new)
                yield from sent.unlike(_body(was["requestBody"]), _body(now["requestBody"]), f"{at} sends")
            yield from _answered(at, _successes(was), _successes(now), Within(new, old, is_answer=True))


def _answered(at: str, was: Mapping[str, Schema], now: Mapping[str, Schema], within: Within) -> Iterator[str]:
    for status in was.keys() ^ now.keys():
        yield f"{at}: answers {status} {'now' if status in now else 'no more'}"
    for status in was.keys() & now.keys():
        if "application/json" in was[status].get("content", {}):
            yield from within.unlike(_body(now[status]), _body(was[status]), f"{at} answers")


def _successes(operation: Schema) -> Mapping[str, Schema]:
    return {status: answer for status, answer in operation["responses"].items() if status.startswith("2")}


def _body(part: Schema) -> Schema:
    schema: Schema = part["content"]["application/json"]["schema"]
    return schema


def _asked(at: str, was: Schema, now: Schema) -> Iterator[str]:
    before, after = _parameters(was), _parameters(now)
    for name in before.keys() - after.keys():
        yield f"{at}: takes no {name} any more"
    for name, parameter in after.items():
        if parameter.get("required") and not before.get(name, {}).get("required"):
            yield f"{at}: needs {name} now"


def _parameters(operation: Schema) -> Mapping[str, Schema]:
    return {each["name"]: each for each in operation.get("parameters", ())}
