"""What the boards say: complete in both languages, honest about waits and openings."""

import re
import string
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

import display
from display.scope import Scope
from display.viewmodels import words as w
from display.viewmodels.lane_rows import lane_rows, opening_in_words, wait_in_words
from display.viewmodels.words import NOTHING, Line, Words
from shared.protocol.messages import Estimate, Lane

NOW = datetime(2026, 11, 23, 2, 32, tzinfo=UTC)
HAN = re.compile(r"[一-鿿]")
SENTENCES = sorted(
    {text for name, text in vars(w).items() if name.isupper() and isinstance(text, str) and HAN.search(text)}
    | set(w.WEEKDAYS)
)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("source", SENTENCES)
def test_every_sentence_has_its_english_with_the_same_fields(source: str) -> None:
    catalogue = QTranslator()
    assert catalogue.load(str(w.CATALOGUE))
    english = catalogue.translate(w.CONTEXT, source)
    assert english
    assert not HAN.search(english)
    assert fields(english) == fields(source) or source == w.TODAY


def test_no_view_has_words_of_its_own() -> None:
    for view in (Path(display.__file__).parent / "views").glob("*.qml"):
        code = "\n".join(line.split("//")[0] for line in view.read_text("utf-8").splitlines())
        assert not HAN.search(code), view.name


def test_a_hall_of_one_language_says_no_english() -> None:
    assert Words(english=False).say(w.WINDOW, window=3) == Line("3 号窗口", "")


@pytest.mark.parametrize(
    ("hours", "zh", "en"),
    [
        (1, "今日 11:32 开放", "Opens today 11:32"),
        (24, "明日 10:32 开放", "Opens tomorrow 10:32"),
        (72, "周四 10:32 开放", "Opens Thu 10:32"),
        (24 * 8, "12 月 1 日 10:32 开放", "Opens 12/1 10:32"),
    ],
)
def test_openings(hours: int, zh: str, en: str) -> None:
    assert opening_in_words(NOW + timedelta(hours=hours), Words(english=True), NOW) == Line(zh, en)


def test_waits_are_an_interval_words_or_nothing() -> None:
    words = Words(english=True)
    assert wait_in_words(Estimate(kind="minutes", low=15, high=25), words).zh == "约 15-25 分钟"
    assert wait_in_words(Estimate(kind="long"), words) == Line("等候较久", "Long wait")
    assert wait_in_words(None, words) == NOTHING


def lane(letter: str, **more: object) -> Lane:
    base: dict[str, object] = {
        "name": "综合",
        "name_en": "General",
        "place": "",
        "place_en": "",
        "waiting": 4,
        "estimate": Estimate(kind="minutes", low=1, high=2),
        "open": True,
        "closes_at": None,
        "opens_at": None,
    }
    return Lane(letter=letter, **(base | more))  # type: ignore[arg-type]


def test_rows_by_letter_without_those_a_citizen_cannot_take() -> None:
    lanes = [lane("C"), lane("A"), lane("V", on_kiosk=False)]
    words = Words(english=False)
    assert [row.letter for row in lane_rows(lanes, Scope(), words, NOW)] == ["A", "C"]
    assert [row.letter for row in lane_rows(lanes, Scope(frozenset("V")), words, NOW)] == ["V"]


def test_a_closed_lane_promises_no_wait() -> None:
    (row,) = lane_rows([lane("A", open=False)], Scope(), Words(english=False), NOW)
    assert (row.wait, row.opening.zh) == (NOTHING, "暂停取号")
