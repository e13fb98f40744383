"""What a window may call, 综合窗口 1+X included, and which of several idle windows gets the next ticket."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeVar

from shared.domain.ordering import Key

T = TypeVar("T")
Head = tuple[Key, T]
"""A ticket that could be called, with its key."""


class When(StrEnum):
    """When a window takes a lane that is not its own."""

    ALWAYS = "always"
    OWN_EMPTY = "own_empty"
    """Only when nobody waits for it in its own lanes."""
    LONGER_THAN = "longer_than"
    """Only when more people than a number wait in the other lane."""


@dataclass(frozen=True, slots=True)
class Takes:
    """The rule by which a general window helps: `always`, `own_empty` or `longer_than 5`."""

    when: When = When.ALWAYS
    people: int = 0

    def __str__(self) -> str:
        return f"{self.when} {self.people}" if self.when is When.LONGER_THAN else str(self.when)


_LONGER = re.compile(r"longer_than ([0-9]{1,3})")


def takes_from(text: str) -> Takes:
    """The rule as `str` writes it. Raises ValueError for anything else."""
    longer = _LONGER.fullmatch(text)
    if longer:
        return Takes(When.LONGER_THAN, int(longer[1]))
    if text in (When.ALWAYS, When.OWN_EMPTY):
        return Takes(When(text))
    raise ValueError(f'{text!r} is no rule: write "always", "own_empty" or "longer_than 5"')


@dataclass(frozen=True, slots=True)
class Desk:
    """A window's skills: the lanes that are its own, and those (X) that it takes as well by a rule."""

    no: int
    own: tuple[str, ...]
    also: tuple[str, ...] = ()
    takes: Takes = Takes()

    @property
    def lanes(self) -> tuple[str, ...]:
        """Every lane it may ever call."""
        return self.own + self.also

    def first(
        self,
        head_of: Callable[[str], Head[T] | None],
        waiting_in: Callable[[str], int],
        sent: Head[T] | None = None,
    ) -> Head[T] | None:
        """Rule 3: the smallest key among the lanes it may call now; None when nobody waits for it.

        `head_of` gives the first of a lane that this window could call, `waiting_in` the people who wait
        there, `sent` the first that was sent to this very window.
        """
        heads = [head for head in map(head_of, self.own) if head is not None]
        if sent is not None:
            heads.append(sent)
        for letter in self.helped(bool(heads), waiting_in):
            head = head_of(letter)
            if head is not None:
                heads.append(head)
        return min(heads, default=None)

    def helped(self, has_own: bool, waiting_in: Callable[[str], int]) -> Iterable[str]:
        """The lanes of X that it takes now; `has_own`: somebody waits in its own or was sent to it."""
        if self.takes.when is When.ALWAYS:
            return self.also
        if self.takes.when is When.OWN_EMPTY:
            return () if has_own else self.also
        return [letter for letter in self.also if waiting_in(letter) > self.takes.people]


class Idle(NamedTuple):
    """A window that nobody is at; `since` in milliseconds."""

    skills: int
    since: int
    no: int


def idle_choice(idle: Iterable[Idle]) -> int | None:
    """Of several idle windows the one with the fewest skills, then the longest idle; None when none is."""
    found = min(idle, default=None)
    return None if found is None else found.no
