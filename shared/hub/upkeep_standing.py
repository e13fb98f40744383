"""How safe the hall's data are at this moment, the worst first: for the managers' page, for health, for
systemd.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from shared.domain.moments import HALL_ZONE
from shared.hub.core import Hub
from shared.hub.upkeep import LATE_SECONDS
from shared.services.upkeep import outcomes
from shared.web.manage_words import word
from shared.web.words import Language

OLD = timedelta(days=2)
"""A backup older than this is no daily backup."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`key` names the sentence of the catalogue, `said` what the machine itself says about it."""

    level: Literal["fine", "none", "wanting"]
    key: str
    said: str = ""

    def in_words(self, language: Language) -> str:
        """In one sentence."""
        return word(self.key, language)


def standing(hub: Hub) -> Standing:
    """The worst that is so."""
    upkeep, journal = hub.upkeep, hub.upkeep.journal
    if upkeep.problem:
        return Standing("wanting", "upkeep_mistake", upkeep.problem)
    if journal is None:
        return _without_medium(hub)
    if upkeep.seen.problem:
        return Standing("wanting", "upkeep_away", upkeep.seen.problem)
    done = outcomes(hub.reading)
    for work in ("backup", "drill", "purge"):
        if work in done and not done[work].is_good:
            return Standing("wanting", f"upkeep_{work}_failed", done[work].said)
    if journal.problem or journal.behind_seconds > LATE_SECONDS:
        return Standing("wanting", "upkeep_journal_failed", journal.problem)
    if upkeep.lacks_base:
        return Standing("none", "upkeep_first")
    last = last_backup_at(hub)
    if last is not None and hub.clock.now() - last > OLD:
        return Standing("wanting", "upkeep_old")
    return Standing("fine", "upkeep_fine")


def _without_medium(hub: Hub) -> Standing:
    found = outcomes(hub.reading).get("check")
    if found is not None and not found.is_good:
        return Standing("wanting", "upkeep_check_failed", found.said)
    return Standing("wanting", "upkeep_none")


def last_backup_at(hub: Hub) -> datetime | None:
    """When the newest backup was made that the last look found, or the last that went well is noted."""
    seen = hub.upkeep.seen.backups
    if seen:
        return seen[-1].at
    noted = outcomes(hub.reading).get("backup")
    return None if noted is None else noted.good_at


def status_line(hub: Hub) -> str:
    """For `systemctl status`: how the backups are."""
    now = standing(hub)
    last = last_backup_at(hub)
    good = "never" if last is None else f"{last.astimezone(HALL_ZONE):%Y-%m-%d %H:%M}"
    if now.level == "wanting":
        return f"last good backup: {good}; {now.in_words('en')}{f' ({now.said})' if now.said else ''}"
    return f"last good backup: {good}"
