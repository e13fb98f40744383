"""What the counter says is complete in both languages, with the same fields."""

import html
import re
import string
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

import counter
from shared.qt.words import catalogue

FOLDER = Path(counter.__file__).parent
HAN = re.compile(r"[一-鿿]")
SAME_IN_BOTH = {"中文"}
"""The name of the language one can switch to."""


def messages() -> list[tuple[str, str]]:
    """Context and source of every message of the catalogue."""
    text = (FOLDER / "translations" / "en.ts").read_text("utf-8")
    found = []
    for context in text.split("<context>")[1:]:
        name = re.findall(r"<name>(.*?)</name>", context)[0]
        found += [(name, html.unescape(one)) for one in re.findall(r"<source>(.*?)</source>", context)]
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name} | set(re.findall(r"%\d", text))


@pytest.mark.parametrize(("context", "source"), messages())
def test_every_sentence_has_its_english_with_the_same_fields(context: str, source: str) -> None:
    translator = QTranslator()
    assert translator.load(str(catalogue(FOLDER, "en")))
    english = translator.translate(context, source)
    assert english
    assert not HAN.search(english)
    assert fields(english) == fields(source)


def test_no_sentence_stands_outside_the_catalogue() -> None:
    known = set(messages())
    for path in sorted((FOLDER / "views").glob("*.qml")):
        code = "\n".join(line.split("//")[0] for line in path.read_text("utf-8").splitlines())
        spoken = {text for text in re.findall(r'"([^"]*)"', code) if HAN.search(text)} - SAME_IN_BOTH
        assert spoken <= set(re.findall(r'qsTr\("([^"]*)"\)', code)), path.name
        assert {(path.stem, text) for text in spoken} <= known, path.name
    for path in sorted((FOLDER / "viewmodels").glob("*.py")):
        spoken = {text for text in re.findall(r'"([^"\n]*)"', path.read_text("utf-8")) if HAN.search(text)}
        assert {("counter", text) for text in spoken} <= known, path.name
