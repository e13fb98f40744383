"""The lint speaks up about what is wrong, and only about that."""

from pathlib import Path

import pytest

from shared.qt import lint

MODEL = """
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement
QML_IMPORT_NAME = "Test.Models"
QML_IMPORT_MAJOR_VERSION = 1

class Base(QObject):
    changed = Signal()

@QmlElement
class Row(Base):
    @Property(str, constant=True)
    def text(self): return ""

@QmlElement
class Desk(Base):
    number = Property(str, lambda self: "A001", notify=Base.changed)
    @Property(Row, constant=True)
    def row(self): return None
    states = Property("QVariantMap", lambda self: {}, notify=Base.changed)
    @Property("QVariantList", notify=Base.changed)
    def list(self): return []
    @Slot(str)
    def press(self, key): pass
"""
VIEW = """
import QtQuick
import Test.Models
Item {{
    id: root
    required property Desk desk
    property string shown: {expression}
    Component.onCompleted: desk.press("F12")
}}
"""


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("desk.number + root.desk.row.text", 0),
        ("root.desk.nummer", 1),
        ("root.desk.row.number", 1),
        ("missing.number", 1),
    ],
)
def test_views_are_checked_against_python(
    tmp_path: Path, expression: str, code: int, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "desk.py").write_text(MODEL, encoding="utf-8")
    view = tmp_path / "Desk_.qml"
    view.write_text(VIEW.format(expression=expression), encoding="utf-8")
    lint.write_modules(tmp_path, tmp_path / "types")
    assert (lint.lint([view], tmp_path / "types"), "Warning" in capfd.readouterr().err) == (code, code == 1)


def test_the_shared_controls_are_clean(tmp_path: Path) -> None:
    lint.write_modules(lint.SHARED, tmp_path)
    assert lint.lint(sorted(lint.QML.rglob("*.qml")), tmp_path) == 0


def test_constants_and_lambdas_are_read_from_the_source() -> None:
    assert set(lint.constants_of(MODEL)) == {("Row", "text"), ("Desk", "row")}
    assert "lambda" not in lint.with_plain_getters(MODEL)
