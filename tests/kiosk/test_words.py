"""Every sentence of the kiosk stands in the catalogue, in English too."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

KIOSK = Path(__file__).parents[2] / "kiosk"
CATALOGUE = KIOSK / "translations" / "en.ts"
VIEWS = sorted((KIOSK / "views").rglob("*.qml"))
_TRANSLATED = re.compile(r'qsTr\("((?:[^"\\]|\\.)*)"\)')
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ITS_OWN_NAME = '"中文"'  # a language is named in itself


def catalogue() -> dict[str, str]:
    messages = ET.parse(CATALOGUE).getroot().iter("message")  # noqa: S314 - our own file
    return {str(m.findtext("source")): str(m.findtext("translation") or "") for m in messages}


def outside_the_catalogue(source: str) -> list[str]:
    """Lines with Chinese that is neither in qsTr nor in a comment."""
    rest = _TRANSLATED.sub("", source).replace(_ITS_OWN_NAME, "")
    code = [line.split("//")[0] for line in rest.splitlines()]
    return [line.strip() for line in code if _CHINESE.search(line)]


@pytest.mark.parametrize("view", VIEWS, ids=lambda path: path.stem)
def test_no_sentence_stands_outside_the_catalogue(view: Path) -> None:
    source = view.read_text("utf-8")
    assert outside_the_catalogue(source) == []
    known = catalogue()
    missing = [sentence for sentence in _TRANSLATED.findall(source) if sentence not in known]
    assert missing == []


def test_a_sentence_outside_the_catalogue_would_be_found() -> None:
    assert outside_the_catalogue('text: "您好"') == ['text: "您好"']
    assert outside_the_catalogue('text: qsTr("您好") // 您好') == []


def test_every_sentence_has_english() -> None:
    for source, english in catalogue().items():
        assert english, source
        assert not _CHINESE.search(english.replace("不动产", "")), english
        assert sorted(re.findall(r"%\d", source)) == sorted(re.findall(r"%\d", english)), source


def test_the_compiled_catalogue_is_not_older_than_its_source() -> None:
    compiled = CATALOGUE.with_suffix(".qm").read_bytes()
    for english in catalogue().values():
        assert english.encode("utf-16-be") in compiled, english
