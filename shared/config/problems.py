"""The mistakes of a configuration file, told all at once."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: its `place` (`lanes[2].letter`, counted from 0), what is `wrong`, what would be `right`.

    `line` is the line of the file, counted from 1; None when it is not known. PINs are never part of it.
    """

    place: str
    wrong: str
    right: str
    line: int | None = None

    def __str__(self) -> str:
        where = self.place if self.line is None else f"line {self.line}, {self.place}"
        return f"{where}: {self.wrong}. {self.right}."


class ConfigErrors(ValueError):
    """The file cannot be used. `problems` holds every mistake found, in the order of the file."""

    def __init__(self, path: Path, problems: tuple[Problem, ...]) -> None:
        self.path = path
        self.problems = problems
        count = "one mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        super().__init__("\n  ".join([f"{path} has {count}:", *map(str, problems)]))
