"""The hall's second medium as the hub uses it: is it there, how far is the journal, which backup is the
last.
"""

import logging
from dataclasses import dataclass

from shared.clock import Clock
from shared.config import ConfigErrors
from shared.config.upkeep import UpkeepConfig, load_upkeep
from shared.store.backup import remove_leftovers
from shared.store.house import House
from shared.store.journaller import RETRY_SECONDS, Journaller
from shared.store.keys import Keys
from shared.store.medium import Entry, Medium
from shared.store.sqlite import Connection
from shared.store.touched import Touched, forget_lineage, position

log = logging.getLogger(__name__)

LATE_SECONDS = 3 * RETRY_SECONDS
"""A journal that lacks something for so long is no hiccup."""


@dataclass(frozen=True, slots=True)
class MediumSeen:
    """What a look at the second medium found. `problem` says in words why it cannot be used."""

    backups: tuple[Entry, ...] = ()
    problem: str = ""


class Upkeep:
    """What the configuration says, and the journal that follows from it. Created before the writer."""

    def __init__(self, house: House, clock: Clock, keys: Keys) -> None:
        self.house = house
        remove_leftovers(house.folder)
        self.problem = ""
        """Why the configuration cannot be used."""
        try:
            self.config = load_upkeep(house.upkeep)
        except (ConfigErrors, OSError) as error:
            log.warning("upkeep.toml cannot be used: %s", error)
            self.config, self.problem = UpkeepConfig(), str(error)
        backup = self.config.backup
        self._keys = keys
        self._lineage = b""
        self.seen = MediumSeen()
        """What the last look at the medium found."""
        self.medium = None if backup is None else Medium(backup.folder)
        self.journal = None if self.medium is None else Journaller(house.database, clock, keys, self.medium)

    def watch(self, writing: Connection) -> Touched | None:
        """Follow the writer's connection, so that the journal knows what it does; None without a medium.

        With a mistake in the configuration the commits are counted all the same: the journal may go on once
        that is put right.
        """
        if self.journal is None and not self.problem:
            forget_lineage(writing)
            return None
        touched = Touched(writing)
        found = position(writing)
        self._lineage = b"" if found is None else found.lineage
        return touched

    def start(self) -> None:
        """Begin to follow the commits; the first look takes up what the last run left."""
        if self.journal is not None:
            self.journal.start()
            self.journal.wake()

    def wake(self) -> None:
        """Something was committed."""
        if self.journal is not None:
            self.journal.wake()

    def forgotten(self) -> None:
        """People were forgotten. The journal's files up to now know them; those from now on do not."""
        if self.journal is not None:
            self.journal.cut()

    def stop(self) -> None:
        """Write the journal to its end."""
        if self.journal is not None:
            self.journal.stop()

    def look(self) -> MediumSeen:
        """Look at the medium. May hang with it: call it in a thread."""
        if self.medium is None:
            return MediumSeen()
        try:
            self.medium.require(self._keys)
            return MediumSeen(tuple(self.medium.backup_entries()))
        except OSError as error:
            return MediumSeen(problem=str(error))

    @property
    def lacks_base(self) -> bool:
        """Whether no backup leads into the journal that is being written."""
        if self.journal is None or self.seen.problem:
            return False
        return self.journal.needs_backup or all(each.lineage != self._lineage for each in self.seen.backups)

    def has_base(self) -> None:
        """A backup was made from the file as it is now."""
        if self.journal is not None:
            self.journal.needs_backup = False
