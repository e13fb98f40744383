"""The words of the booking pages: complete in both languages, each used, and none used that is not there."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

import shared.hub
from shared.domain.booking import State
from shared.web.book_words import BOOK_WORDS
from shared.web.words import WORDS

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PAGES = [page for page in files("shared.web").joinpath("citizen").iterdir() if page.name.startswith("book")]
MODULES = sorted(Path(shared.hub.__path__[0]).glob("book_*.py"))
SAID = " ".join(page.read_text("utf-8") for page in [*PAGES, *MODULES])


@pytest.mark.parametrize("pair", BOOK_WORDS.items(), ids=lambda pair: pair[0])
def test_words_are_complete(pair: tuple[str, tuple[str, str]]) -> None:
    _, (zh, en) = pair
    assert sorted(re.findall(r"{\w+}", zh)) == sorted(re.findall(r"{\w+}", en))
    assert CHINESE.search(zh)
    assert not CHINESE.search(en)


def test_every_state_has_words() -> None:
    assert {f"book_state_{state}" for state in State} <= set(BOOK_WORDS)


def test_every_word_is_used_and_every_used_one_is_there() -> None:
    used = set(re.findall(r"""["'](book(?:_[a-z_]+)?)["']""", SAID)) - {"book_state_"}
    states = {f"book_state_{state}" for state in State}
    assert used | states == set(BOOK_WORDS)
    assert not set(BOOK_WORDS) & set(WORDS)


def test_pages_hold_no_sentence_of_their_own() -> None:
    for page in PAGES:
        assert not CHINESE.search(page.read_text("utf-8")) or page.name == "book_chosen.html", page.name
