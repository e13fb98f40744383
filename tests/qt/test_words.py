"""Every sentence of the screens stands in a catalogue, and English is complete."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from shared.qt import words
from shared.qt.words import ROOT, Language, catalogue

APPS = [app for app in words.CATALOGUES if catalogue(ROOT / app, "en").exists()]
CHINESE_LITERAL = re.compile(r'(\w+\(\s*)?"([^"\n]*[\u4e00-\u9fff][^"\n]*)"')
OWN_NAME = "中文"  # a language is called by its own name in every language
COMMENT = re.compile(r"(?m)(?<!:)//.*$")


def messages(file: Path) -> Iterator[tuple[str, str, bool]]:
    """Context with source, translation, and whether it is finished."""
    for context in ElementTree.parse(file).iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            found = message.find("translation")
            text = "" if found is None else "".join(found.itertext())
            finished = found is not None and found.get("type") is None
            yield f"{context.findtext('name')}: {message.findtext('source')}", text, finished


def test_there_are_catalogues() -> None:
    assert APPS


@pytest.mark.parametrize("app_name", APPS)
def test_english_is_complete(app_name: str) -> None:
    found = list(messages(ROOT / app_name / "translations" / "en.ts"))
    assert found
    assert [source for source, text, finished in found if not finished or not text.strip()] == []


@pytest.mark.parametrize("app_name", APPS)
def test_the_catalogue_knows_the_sources_of_today(
    app_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / app_name, tmp_path / app_name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(words, "ROOT", tmp_path)
    monkeypatch.setattr(words, "CATALOGUES", {app_name: words.CATALOGUES[app_name]})
    words.update()
    kept = {source for source, _, _ in messages(ROOT / app_name / "translations" / "en.ts")}
    today = {source for source, _, _ in messages(tmp_path / app_name / "translations" / "en.ts")}
    assert (today - kept, kept - today) == (set(), set())


@pytest.mark.parametrize("app_name", APPS)
def test_no_sentence_of_a_view_stands_outside(app_name: str) -> None:
    outside = [
        f"{file.name}: {found[2]}"
        for file in sorted((ROOT / app_name / "views").rglob("*.qml"))
        for found in CHINESE_LITERAL.finditer(COMMENT.sub("", file.read_text("utf-8")))
        if not (found[1] or "").startswith(("qsTr", "QT_TR")) and found[2] != OWN_NAME
    ]
    assert outside == []


@pytest.mark.parametrize("app_name", APPS)
def test_a_language_is_put_on_and_taken_off(app: QGuiApplication, app_name: str) -> None:
    where, _, source = next(s for s, _, _ in messages(ROOT / app_name / "translations" / "en.ts")).partition(
        ": "
    )
    language = Language([ROOT / app_name])
    language.install("en")
    assert QCoreApplication.translate(where, source) != source
    language.install("zh")
    assert QCoreApplication.translate(where, source) == source


def test_a_missing_catalogue_is_named(app: QGuiApplication, tmp_path: Path) -> None:
    (tmp_path / "translations").mkdir()
    with pytest.raises(FileNotFoundError, match=r"en\.qm is missing"):
        Language([tmp_path]).install("en")
