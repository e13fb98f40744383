"""From the bytes of a TOML file to a table, and back to its lines for the messages."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace

from shared.config.problems import Problem

_AT = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)$")
_PLACE = re.compile(r"(?:(?P<list>\w+)\[(?P<at>\d+)\]\.?|(?P<table>\w+)\.)?(?P<key>[\w-]*)")
_FULL_WIDTH = "“”‘’，＝［］＂"


class TomlError(ValueError):
    """The file is no TOML at all; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def parse(data: bytes) -> tuple[str, dict[str, object]]:
    """The text and the table of a file. Raises TomlError."""
    text = _decode(data)
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError(_syntax_problem(text, str(error))) from error


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")  # some editors put a mark before UTF-8
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        right = "Save the file with the encoding UTF-8, not GBK or ANSI"
        raise TomlError(Problem("the file", "it is not UTF-8", right, line)) from error


def _syntax_problem(text: str, message: str) -> Problem:
    found = _AT.search(message)
    lines = text.split("\n")
    number = int(found[1]) if found and found[1] else len(lines)
    line = lines[number - 1] if number <= len(lines) else ""
    strange = next((char for char in line if char in _FULL_WIDTH), None)
    wrong = _AT.sub("", message).strip().rstrip(".")
    if strange:
        right = f"The line holds a full-width {strange}; outside texts write \" ' , = [ ] in half width"
    else:
        right = (
            "Compare the line with the sample file: a text stands in quotes, each quote and bracket closes"
        )
    return Problem("the file", f"it is not valid TOML here: {wrong}", right, number)


def with_lines(text: str, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems with their lines, where those can be told for sure, in the order of the file."""
    lines = text.split("\n")
    located = [replace(problem, line=_line_of(lines, problem.place)) for problem in problems]
    return tuple(sorted(located, key=lambda problem: problem.line or 0))


def _line_of(lines: list[str], place: str) -> int | None:
    found = _PLACE.match(place)
    if found is None or place == "the file":
        return None
    start = 0
    if found["list"]:
        header = re.compile(rf"\s*\[\[\s*{re.escape(found['list'])}\s*\]\]")
        headers = [at for at, line in enumerate(lines) if header.match(line)]
        if int(found["at"]) >= len(headers):
            return None  # written as an inline list
        start = headers[int(found["at"])] + 1
    elif found["table"]:
        header = re.compile(rf"\s*\[\s*{re.escape(found['table'])}\s*\]")
        start = next((at + 1 for at, line in enumerate(lines) if header.match(line)), 0)
    return _key_line(lines, start, found["key"]) or (start or None)


def _key_line(lines: list[str], start: int, key: str) -> int | None:
    pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
    for at in range(start, len(lines)):
        if re.match(r"\s*\[\[?\s*[\w.-]+\s*\]", lines[at]):
            return None
        if key and pattern.match(lines[at]):
            return at + 1
    return None
