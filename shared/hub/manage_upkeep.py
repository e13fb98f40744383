"""The managers' page of backups: are the data safe, how the night's work went, and how to get them back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route as Path

from shared.config.upkeep import BackupConfig
from shared.domain.moments import HALL_ZONE
from shared.hub.core import Hub
from shared.hub.manage_entry import Entry, Visitor
from shared.hub.manage_frame import UPKEEP, Frame, language_of
from shared.hub.manage_page import ManagerPage
from shared.hub.upkeep import LATE_SECONDS
from shared.hub.upkeep_standing import last_backup_at, standing
from shared.services.upkeep import Outcome, Work, outcomes
from shared.web.manage_words import word
from shared.web.words import Language

_FINE, _BROKEN, _NOT_YET = ("fine", "✓"), ("broken", "✕"), ("", "○")
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One kind of work as the page shows it."""

    work: str
    level: str
    mark: str
    state: str
    at: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One backup as the page shows it."""

    at: str
    size: str


def upkeep_paths(hub: Hub, entry: Entry, frame: Frame) -> list[BaseRoute]:
    """The page."""
    return [Path(UPKEEP, UpkeepPage(hub, entry, frame).page)]


class UpkeepPage(ManagerPage):
    """The medium, the night's work, the backups."""

    async def shown(self, request: Request, visitor: Visitor) -> Response:
        """All of it."""
        language, upkeep, last = language_of(request), self._hub.upkeep, last_backup_at(self._hub)
        backup = upkeep.config.backup
        return self._frame.page(
            request,
            visitor,
            "upkeep.html",
            section="upkeep",
            now=standing(self._hub),
            last="" if last is None else _moment(last),
            works=list(self._works(language)),
            medium="" if backup is None else str(backup.folder),
            keep=0 if backup is None else backup.keep,
            kept=[_kept(entry.at, entry.size) for entry in reversed(upkeep.seen.backups)][:_SHOWN],
            command="" if backup is None else self._command(backup),
            people=upkeep.config.retention.people,
        )

    def _command(self, backup: BackupConfig) -> str:
        return f"hall restore --from {backup.folder} --data {self._hub.house.folder.resolve()}"

    def _works(self, language: Language) -> Iterator[WorkRow]:
        done = outcomes(self._hub.reading)
        works: tuple[Work, ...] = ("check", "purge")
        if self._hub.upkeep.journal is not None:
            yield _work_row("backup", done.get("backup"), language)
            yield self._journal_row(language)
            works = ("drill", "purge")
        for work in works:
            yield _work_row(work, done.get(work), language)

    def _journal_row(self, language: Language) -> WorkRow:
        journal = self._hub.upkeep.journal
        behind = 0.0 if journal is None else journal.behind_seconds
        problem = "" if journal is None else journal.problem
        if problem or behind > LATE_SECONDS:
            state = word("upkeep_behind", language, minutes=max(1, round(behind / 60)))
            is_told = problem == self._hub.upkeep.seen.problem  # the summary says it already
            return WorkRow("journal", *_BROKEN, state, said="" if is_told else problem)
        return WorkRow("journal", *_FINE, word("upkeep_up_to_date", language))


def _work_row(work: Work, done: Outcome | None, language: Language) -> WorkRow:
    if done is None:
        return WorkRow(work, *_NOT_YET, word("upkeep_not_yet", language))
    if done.is_good:
        return WorkRow(work, *_FINE, word("upkeep_good", language), _moment(done.at))
    good = "" if done.good_at is None else word("upkeep_good_at", language, time=_moment(done.good_at))
    at = " · ".join(part for part in (_moment(done.at), good) if part)
    return WorkRow(work, *_BROKEN, word("upkeep_bad", language), at, done.said)


def _kept(at: datetime, size: int) -> KeptRow:
    return KeptRow(_moment(at), f"{max(size / 1e6, 0.1):,.1f}")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(HALL_ZONE):%Y-%m-%d %H:%M}"
