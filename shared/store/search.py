"""Finding matters: an FTS5 index over single characters, pinyin and initials.

Debian's trigram tokenizer finds no one- or two-character word (证, 社保), silently; so every character is
a token of its own and a search is a phrase of them, which is right at every length.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import cast

from shared.config import MatterConfig
from shared.domain.matters import SoundKeys, normalise, runs, sound_keys, spaced, terms
from shared.store.sqlite import Connection

_READINGS_KEPT = 3
_APART = "\ue000"
"""A token nobody can type: keeps a phrase from running over from one alias to the next."""
_EACH = cast("Callable[[str], str]", list)
"""Has pypinyin answer what has no pinyin character by character; its annotation forgets lists."""
_NAME = ("name", "name_sounds")
_ALIAS = (*_NAME, "alias", "alias_sounds")
_ENGLISH = (*_ALIAS, "english")
_ALL = (*_ENGLISH, "department", "department_sounds")
_SCOPES = (_NAME, _ALIAS, _ENGLISH, _ALL)
"""Columns that must hold every term, best scope first; each contains the one before."""


def create_search(connection: Connection) -> None:
    """Create the empty index. It refers to matters by id and can be rebuilt at any time."""
    connection.execute(
        "CREATE VIRTUAL TABLE matter_search USING fts5("
        "matter UNINDEXED, lane UNINDEXED, length UNINDEXED, name, name_start, name_sounds, alias, "
        "alias_sounds, english, department, department_sounds, "
        "tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3')"
    )


def index_matters(connection: Connection, matters: Iterable[MatterConfig]) -> None:
    """Replace the index by these matters, inside the caller's transaction if there is one."""
    connection.execute("DELETE FROM matter_search")
    connection.executemany(
        "INSERT INTO matter_search VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_row, matters)
    )


def search_matters(connection: Connection, text: str, lane: str | None = None, limit: int = 20) -> list[str]:
    """Ids of the matters that hold every word of `text`, best first: the beginning of the name, the name,
    an alias, the English name, the department; within each the shorter name, then the hall's own order.

    Any text is allowed; one without a letter or digit finds nothing.
    """
    wanted = terms(text)
    if not wanted:
        return []
    tiers = [_at_start(wanted), *(_within(scope, wanted) for scope in _SCOPES)]
    union = " UNION ALL ".join(
        f"SELECT rowid, {tier} AS tier, matter, lane, length FROM matter_search WHERE matter_search MATCH ?"  # noqa: S608  # a number
        for tier in range(len(tiers))
    )
    rows = connection.execute(
        f"SELECT matter FROM ({union}) WHERE ? IS NULL OR lane = ? "  # noqa: S608  # built from constants
        "GROUP BY rowid ORDER BY min(tier), length, rowid LIMIT ?",
        (*tiers, lane, lane, limit),
    )
    return [matter for (matter,) in rows]


def _row(matter: MatterConfig) -> tuple[object, ...]:
    name, department = _sounds(matter.name), _sounds(matter.department)
    aliases = [_sounds(alias) for alias in matter.aliases]
    return (
        matter.id,
        matter.lane,
        len(matter.name),
        spaced(matter.name),
        " ".join(sorted(name.start)),
        " ".join(sorted(name.inside)),
        f" {_APART} ".join(map(spaced, matter.aliases)),
        " ".join(sorted(frozenset[str]().union(*(keys.inside for keys in aliases)))),
        normalise(matter.name_en),
        spaced(matter.department),
        " ".join(sorted(department.inside)),
    )


def _sounds(text: str) -> SoundKeys:
    # Only indexing needs the dictionary: some 40 MB that a running hub should not hold.
    from pypinyin import Style, lazy_pinyin

    plain = normalise(text).replace(" ", "")
    usual = lazy_pinyin(plain, style=Style.NORMAL, errors=_EACH)
    return sound_keys([_options(char, sound) for char, sound in zip(plain, usual, strict=True)])


def _options(char: str, usual: str) -> Sequence[str]:
    return list(dict.fromkeys([usual, *_readings(char)]))[:_READINGS_KEPT]


@cache
def _readings(char: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    return tuple(pinyin(char, style=Style.NORMAL, heteronym=True, errors=_EACH)[0])


def _at_start(wanted: Sequence[str]) -> str:
    """The first term begins the name, the others stand in it."""
    first, *others = wanted
    begins = f"(name : ^ {_phrase(first)})"
    if first.isascii():
        begins = f"({begins} OR (name_start : {_beginning(first)}))"
    return begins if not others else f"{begins} AND {_within(_NAME, others)}"


def _within(scope: Sequence[str], wanted: Sequence[str]) -> str:
    return f"{{{' '.join(scope)}}} : ({' AND '.join(map(_term, wanted))})"


def _term(term: str) -> str:
    """The term as it stands; letters also as the beginning of a key; a mixed term also part by part."""
    parts = runs(term)
    if len(parts) > 1:
        return f"({_phrase(term)} OR ({' AND '.join(map(_term, parts))}))"
    return f"({_phrase(term)} OR {_beginning(term)})" if term.isascii() else _phrase(term)


def _phrase(term: str) -> str:
    return f'"{" ".join(term)}"'


def _beginning(term: str) -> str:
    return f'"{term}" *'
