"""The state of the hub in the words of the managers' pages, and what the head of every page must say."""

from dataclasses import dataclass

from shared.hub.condition import Check, Level, alarms, judge, take_stock
from shared.hub.core import Hub
from shared.web.manage_words import word
from shared.web.words import Language

NAMES = {Level.FINE: "fine", Level.UNKNOWN: "unknown", Level.SOON: "soon", Level.BROKEN: "broken"}
"""Classes of the style sheet."""
MARKS = {"fine": "✓", "unknown": "?", "soon": "!", "broken": "✕"}


@dataclass(frozen=True, slots=True)
class StateRow:
    """One line as a page shows it."""

    about: str
    level: str
    says: str


def state_row(check: Check, language: Language) -> StateRow:
    """A check in words."""
    return StateRow(check.about, NAMES[check.level], word(check.says, language, **dict(check.fields)))


def alarm_rows(hub: Hub, language: Language) -> list[StateRow]:
    """What must be said on every page; nothing while nothing must be."""
    return [state_row(check, language) for check in alarms(judge(take_stock(hub)))]
