"""The list model becomes any other list through single row changes that a view can follow."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt

from shared.protocol.messages import Notice
from shared.qt.models import ValueListModel


@dataclass(frozen=True)
class Row:
    id: int
    text: str


class View:
    """Keeps its own copy from the model's signals alone, as a ListView does."""

    def __init__(self, model: ValueListModel[Any]) -> None:
        self.model = model
        self.shown = list(model.rows)
        self.events: list[str] = []
        model.rowsInserted.connect(self._insert)
        model.rowsRemoved.connect(self._remove)
        model.rowsMoved.connect(self._move)
        model.dataChanged.connect(self._change)

    def _insert(self, _: QModelIndex, first: int, last: int) -> None:
        self.events.append("insert")
        self.shown[first:first] = self.model.rows[first : last + 1]

    def _remove(self, _: QModelIndex, first: int, last: int) -> None:
        self.events.append("remove")
        del self.shown[first : last + 1]

    def _move(self, _: QModelIndex, start: int, __: int, ___: QModelIndex, to: int) -> None:
        self.events.append("move")
        self.shown.insert(to if to < start else to - 1, self.shown.pop(start))

    def _change(self, first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        self.events.append("change")
        assert roles
        for at in range(first.row(), last.row() + 1):
            self.shown[at] = self.model.rows[at]


def rows(pairs: list[tuple[int, str]]) -> list[Row]:
    return [Row(key, text) for key, text in pairs]


LISTS = st.lists(st.tuples(st.integers(0, 8), st.sampled_from("xyz")), max_size=9, unique_by=lambda p: p[0])


@given(st.lists(LISTS, min_size=1, max_size=5))
def test_a_view_that_follows_the_signals_shows_the_rows(lists: list[list[tuple[int, str]]]) -> None:
    model = ValueListModel(Row, key="id")
    view = View(model)
    for pairs in lists:
        model.replace(rows(pairs))
        assert list(model.rows) == view.shown == rows(pairs)
        assert model.rowCount() == len(pairs)


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        ([(1, "a"), (2, "b")], [(1, "a"), (2, "b")], []),
        ([(1, "a"), (2, "b")], [(1, "a"), (2, "c")], ["change"]),
        ([(1, "a"), (2, "b"), (3, "c")], [(2, "b"), (3, "c"), (4, "d")], ["remove", "insert"]),
        ([(1, "a"), (2, "b"), (3, "c")], [(3, "c"), (1, "a"), (2, "b")], ["move"]),
    ],
)
def test_no_more_changes_than_needed(
    before: list[tuple[int, str]], after: list[tuple[int, str]], events: list[str]
) -> None:
    model = ValueListModel(Row, key="id")
    model.replace(rows(before))
    view = View(model)
    model.replace(rows(after))
    assert view.events == events


def test_roles_are_the_fields_of_a_struct() -> None:
    model = ValueListModel(Notice, key="id")
    model.replace([Notice(id=7, zh="停水", en="No water")])
    roles = {bytes(name.data()).decode(): role for role, name in model.roleNames().items()}
    assert set(roles) == {"id", "zh", "en"}
    assert model.data(model.index(0), roles["zh"]) == "停水"
    assert model.data(model.index(0), int(Qt.ItemDataRole.DisplayRole)) == 7
    assert model.data(model.index(1), roles["zh"]) is None


def test_mistakes_are_told() -> None:
    with pytest.raises(ValueError, match="no field"):
        ValueListModel(Row, key="name")
    with pytest.raises(ValueError, match="same id"):
        ValueListModel(Row, key="id").replace(rows([(1, "a"), (1, "b")]))
    with pytest.raises(TypeError):
        ValueListModel(int, key="id")
