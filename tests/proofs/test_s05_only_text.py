"""Text is only text: each property over many hostile texts, and each guard missed when it is taken away."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from tests.proofs.hostile import PIECES
from tests.proofs.marked_screens import takes_markup
from tests.proofs.s05_only_text import (
    CONTROLS,
    PROPERTIES,
    Check,
    rich_in,
    rich_views,
    through_a_hall,
    violated,
    without_a_guard,
)


@pytest.mark.parametrize("check", PROPERTIES, ids=lambda check: check.__name__)
def test_a_text_is_only_text(check: Check) -> None:
    assert violated(check, 150) == []


@pytest.mark.parametrize("check", CONTROLS, ids=lambda check: check.__name__)
def test_a_guard_that_is_not_there_is_missed(check: Check) -> None:
    """The controls."""
    with without_a_guard(check):
        assert violated(check, 300)


def test_every_view_says_that_its_text_is_plain() -> None:
    assert list(rich_views()) == []


@pytest.mark.parametrize("wrong", ["text: name", "textFormat: Text.RichText", "textFormat: Text.AutoText"])
def test_a_view_whose_text_may_be_rich_is_found(wrong: str) -> None:
    assert list(rich_in(f"Item {{\n    Text {{\n        {wrong}\n    }}\n}}\n"))


def test_a_live_item_that_takes_markup_is_found() -> None:
    existing = QGuiApplication.instance()
    application = existing if isinstance(existing, QGuiApplication) else QGuiApplication([])
    engine = QQmlApplicationEngine()
    engine.loadData(
        b'import QtQuick; Window { Text { text: "<b>" } '
        b'Text { text: "<b>"; textFormat: Text.PlainText } Item {} }'
    )
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    assert [takes_markup(item) for item in window.contentItem().childItems()] == [True, False, False]
    engine.deleteLater()
    application.processEvents()


def test_nothing_but_text_stays_in_a_hall(tmp_path: Path) -> None:
    assert list(through_a_hall(tmp_path, PIECES[::3], screens=False)) == []
