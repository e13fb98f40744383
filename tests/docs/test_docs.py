"""The documentation is tested: derived pages are up to date, named files exist, commands are real."""

import re
from pathlib import Path

import pytest

from hardware.registry import DRIVERS
from hardware.simulate import SIMULATORS
from shared.cli import COMMANDS
from shared.reference import page, path
from tests.proofs.__main__ import found

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("shared/docs/**/*.md")])


def test_the_reference_is_up_to_date() -> None:
    assert path().read_text("utf-8") == page(), "run: python -m shared.reference"


@pytest.mark.parametrize("document", PAGES, ids=lambda found: str(found.relative_to(ROOT)))
def test_links_and_pictures_exist(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", document.read_text("utf-8"))
    missing = [
        target
        for target in targets
        if not target.startswith(("http://", "https://")) and not (document.parent / target).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("document", PAGES, ids=lambda found: str(found.relative_to(ROOT)))
def test_every_command_that_is_named_exists(document: Path) -> None:
    named = set(re.findall(r"^\s*hall ([a-z][a-z-]+)", document.read_text("utf-8"), re.MULTILINE))
    named |= set(re.findall(r"`hall ([a-z][a-z-]+)", document.read_text("utf-8")))
    assert named <= set(COMMANDS)


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"hall {name}" not in readme] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    from importlib import import_module

    with pytest.raises(SystemExit) as ended:
        import_module(COMMANDS[name][0]).main(["--help"])
    assert ended.value.code == 0
    assert "usage" in capsys.readouterr().out


def test_the_units_name_real_commands() -> None:
    units = sorted((ROOT / "shared" / "docs" / "systemd").glob("*.service"))
    assert len(units) == 4
    for unit in units:
        found = re.search(r"^ExecStart=\S+/hall (\S+)", unit.read_text("utf-8"), re.MULTILINE)
        assert found is not None, unit
        assert found[1] in COMMANDS


def test_every_test_that_the_devices_page_names_exists() -> None:
    page = (ROOT / "shared" / "docs" / "devices.md").read_text("utf-8")
    named = re.findall(r"`(tests/[^`:]+)(?:::(\w+))?`", page)
    assert len(named) > 20
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).exists() or (name and f"def {name}(" not in (ROOT / file).read_text("utf-8"))
    ]
    assert missing == []


def test_every_driver_and_simulator_is_on_the_devices_page() -> None:
    page = (ROOT / "shared" / "docs" / "devices.md").read_text("utf-8")
    drivers = [name for kind in DRIVERS.values() for name in kind]
    assert [name for name in drivers if f"`{name}:" not in page] == []
    assert [kind for kind in SIMULATORS if f"simulate-device {kind}" not in page] == []


def test_every_promise_of_the_page_has_a_proof_and_every_proof_its_row() -> None:
    rows = re.findall(
        r"^\| ([PS]\d+) \|", (ROOT / "shared/docs/promises.md").read_text("utf-8"), re.MULTILINE
    )
    assert rows == list(found(ROOT / "tests" / "proofs", "tests.proofs"))
