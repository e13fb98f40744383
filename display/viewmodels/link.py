"""What the boards need of the link to the hub; `shared.qt.bridge.HallBridge` is the real one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import SignalInstance

from shared.protocol.messages import Call, HallInfo, Lane, Notice, Window


class Mirror(Protocol):
    """The hall as the newest fact left it."""

    @property
    def seq(self) -> int: ...
    @property
    def hall(self) -> HallInfo: ...
    @property
    def lanes(self) -> Mapping[str, Lane]: ...
    @property
    def windows(self) -> Mapping[int, Window]: ...
    @property
    def calls(self) -> Sequence[Call]: ...
    @property
    def notices(self) -> Sequence[Notice]: ...


class Link(Protocol):
    """Lives in the Qt thread. `mirror` is None until the first snapshot, and stays when the hub is gone."""

    @property
    def mirror(self) -> Mirror | None: ...
    @property
    def online(self) -> bool: ...
    @property
    def staleSince(self) -> str: ...
    @property
    def told_seq(self) -> int: ...
    @property
    def changed(self) -> SignalInstance: ...
    @property
    def called(self) -> SignalInstance: ...
    def now(self) -> datetime:
        """The hub's clock."""
        ...
