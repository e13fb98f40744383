"""Translations: Chinese stands in the sources, other languages in `<app>/translations/<language>.ts` and .qm.

Kept up to date with `python -m shared.qt.words update|release` (Qt Linguist's lupdate and lrelease).
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

ROOT = Path(__file__).resolve().parents[2]
SOURCE_LANGUAGE = "zh"
LANGUAGES = ("en",)
CATALOGUES: dict[str, tuple[str, ...]] = {
    "kiosk": ("kiosk",),
    "counter": ("counter",),
    "display": ("display",),
}
"""Folder that holds `translations/` -> folders whose QML and Python are read for it.

The shared controls have no words of their own."""


def catalogue(folder: Path, language: str) -> Path:
    """The compiled catalogue of a folder."""
    return folder / "translations" / f"{language}.qm"


class Language(QObject):
    """The language of the words in QML: `install` replaces the translators of the application.

    Call the engine's `retranslate` afterwards to change words that are on the screen already.
    """

    def __init__(self, folders: Sequence[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = tuple(f for f in folders if (f / "translations").is_dir())  # others say nothing
        self._installed: list[QTranslator] = []
        self.current = SOURCE_LANGUAGE

    def install(self, language: str) -> None:
        """Use `language`; the source language needs no catalogue. FileNotFoundError names a missing one."""
        translators = [] if language == SOURCE_LANGUAGE else [self._load(f, language) for f in self._folders]
        for old in self._installed:
            QCoreApplication.removeTranslator(old)
        for new in translators:
            QCoreApplication.installTranslator(new)
        self._installed = translators
        self.current = language

    def _load(self, folder: Path, language: str) -> QTranslator:
        translator = QTranslator(self)
        path = catalogue(folder, language)
        if not path.is_file() or not translator.load(str(path)):  # load would try shorter names too
            raise FileNotFoundError(
                f"{path} is missing or no Qt catalogue; make it with: python -m shared.qt.words release"
            )
        return translator


def update(language: str = "en") -> None:
    """Collect the sentences of the sources into the .ts catalogues; vanished ones are dropped."""
    for folder, read in CATALOGUES.items():
        sources = sources_of([ROOT / place for place in read])
        target = ROOT / folder / "translations" / f"{language}.ts"
        if sources:
            target.parent.mkdir(exist_ok=True)
            _run(
                "pyside6-lupdate", *map(str, sources), "-ts", str(target), "-source-language", "zh_CN",
                "-target-language", language, "-no-obsolete", "-locations", "none",
            )  # fmt: skip


def release(language: str = "en") -> None:
    """Compile the .ts catalogues to .qm."""
    for folder in CATALOGUES:
        source = ROOT / folder / "translations" / f"{language}.ts"
        if source.exists():
            _run("pyside6-lrelease", str(source), "-qm", str(catalogue(ROOT / folder, language)))


def sources_of(folders: Sequence[Path]) -> list[Path]:
    """QML files, and Python files of view-models, that may hold sentences."""
    return sorted(path for folder in folders for kind in ("*.qml", "*.py") for path in folder.rglob(kind))


def tool(name: str) -> str:
    """A Qt tool of this Python's own PySide6."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else name


def _run(name: str, *arguments: str) -> None:
    subprocess.run([tool(name), *arguments], check=True, cwd=ROOT)


def main(argv: Sequence[str] | None = None) -> int:
    """Update or release all catalogues."""
    parser = argparse.ArgumentParser(prog="python -m shared.qt.words", description="Keep the catalogues.")
    parser.add_argument("what", choices=("update", "release"))
    what = parser.parse_args(argv).what
    for language in LANGUAGES:
        {"update": update, "release": release}[what](language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
