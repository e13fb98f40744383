"""PIN and session token: in no log, in no repr, in no file, in no property that a view could show."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from counter.testing import CounterInHand
from shared.protocol import messages as m
from shared.testing import PIN

WRONG_PIN = "86420975"


def test_pin_and_token_are_kept_nowhere(
    new_desk: Callable[..., CounterInHand],
    take: Callable[..., m.Ticket],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    take()
    desk = new_desk()
    desk.sign_in(pin=WRONG_PIN)
    desk.open(1)
    desk.until(lambda: desk.line)
    desk.press("next")
    token = desk.bridge.client.credential
    assert token
    secrets = (PIN, WRONG_PIN, token)
    told = [caplog.text, repr(desk), repr(desk.counter), repr(vars(desk.counter.orders))]
    assert len(models(desk)) > 8, "parts of models are looked at as well"
    told += [repr(shown(model)) for model in models(desk)]
    told += [repr(vars(model)) for model in models(desk)]
    told += [
        path.read_bytes().decode("utf-8", "replace")
        for path in (tmp_path / "state").rglob("*")
        if path.is_file()
    ]
    for secret in secrets:
        assert not [text for text in told if secret in text]


def models(desk: CounterInHand) -> list[QObject]:
    """The view-models, and those that are parts of them."""
    found = [getattr(desk.counter, name) for name in desk.counter.__slots__]
    known = [one for one in found if isinstance(one, QObject)]
    for model in known:
        parts = [getattr(model, name) for name, is_model in properties(model) if is_model]
        known += [part for part in parts if isinstance(part, QObject) and part not in known]
    return known


def shown(model: QObject) -> dict[str, object]:
    """All that QML can read; models among it are looked at by themselves."""
    return {name: model.property(name) for name, is_model in properties(model) if not is_model}


def properties(model: QObject) -> list[tuple[str, bool]]:
    """Each property, and whether it is a model of its own."""
    kind = model.metaObject()
    found = [kind.property(at) for at in range(kind.propertyCount())]
    return [(str(one.name()), str(one.typeName()).endswith("Model*")) for one in found]
