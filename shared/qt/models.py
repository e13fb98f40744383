"""A list of frozen values as Qt sees it: a role for each field, and as few row changes as may be."""

import dataclasses
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import msgspec
from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt

_Value = TypeVar("_Value")
_NO_PARENT = QModelIndex()


class ValueListModel(QAbstractListModel, Generic[_Value]):
    """Rows of one dataclass or msgspec struct; its field names are the roles.

    `key` names the field that tells rows apart, so that a changed row keeps its delegate and a moved one
    moves. Keys must be unique within the list.
    """

    def __init__(self, kind: type[_Value], key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fields = field_names(kind)
        if key not in self._fields:
            raise ValueError(f"{kind.__name__} has no field {key!r}")
        self._key = key
        first = int(Qt.ItemDataRole.UserRole) + 1
        self._roles = {first + at: name for at, name in enumerate(self._fields)}
        self._role_of = {name: role for role, name in self._roles.items()}
        self._rows: list[_Value] = []

    @property
    def rows(self) -> Sequence[_Value]:
        """The values, in order."""
        return tuple(self._rows)

    def replace(self, rows: Sequence[_Value]) -> None:
        """Become `rows` by removing, moving, inserting and changing single rows."""
        keys = [getattr(row, self._key) for row in rows]
        if len(set(keys)) != len(keys):
            raise ValueError(f"two rows have the same {self._key}: {keys}")
        self._remove_all_but(set(keys))
        for at, row in enumerate(rows):
            self._place(at, row)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """The field of `role`; the key for the display role."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        name = self._roles.get(role, self._key if role == Qt.ItemDataRole.DisplayRole else "")
        return getattr(self._rows[index.row()], name) if name else None

    def roleNames(self) -> dict[int, QByteArray]:
        """A role for each field."""
        return {role: QByteArray(name.encode()) for role, name in self._roles.items()}

    def _remove_all_but(self, keys: set[Any]) -> None:
        for at in reversed(range(len(self._rows))):
            if getattr(self._rows[at], self._key) not in keys:
                self.beginRemoveRows(_NO_PARENT, at, at)
                del self._rows[at]
                self.endRemoveRows()

    def _place(self, at: int, row: _Value) -> None:
        """Make `row` the row at `at`; all rows before it are right already."""
        now = self._find(getattr(row, self._key), at)
        if now is None:
            self.beginInsertRows(_NO_PARENT, at, at)
            self._rows.insert(at, row)
            self.endInsertRows()
            return
        if now != at:
            self.beginMoveRows(_NO_PARENT, now, now, _NO_PARENT, at)
            self._rows.insert(at, self._rows.pop(now))
            self.endMoveRows()
        self._change(at, row)

    def _find(self, key: Any, start: int) -> int | None:
        rows = range(start, len(self._rows))
        return next((at for at in rows if getattr(self._rows[at], self._key) == key), None)

    def _change(self, at: int, row: _Value) -> None:
        before, self._rows[at] = self._rows[at], row
        roles = [self._role_of[n] for n in self._fields if getattr(before, n) != getattr(row, n)]
        if roles:
            index = self.index(at, 0)
            self.dataChanged.emit(index, index, roles)


def field_names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass or a msgspec struct. Raises TypeError for anything else."""
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    if issubclass(kind, msgspec.Struct):
        return kind.__struct_fields__
    raise TypeError(f"{kind.__name__} is no dataclass and no struct")
