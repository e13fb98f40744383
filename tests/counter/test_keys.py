"""The key table: what a file may say, and that no file leaves a clerk without keys."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import counter.keys
from counter.keys import DEFAULTS, FILE, Keys, Mistake, load_keys, parse_keys

KEYS = [f"F{n}" for n in range(1, 13)]
CHORDS = KEYS + [f"{modifier}+{key}" for modifier in ("Ctrl", "Shift", "Alt") for key in KEYS]


def written(keys: dict[str, str]) -> str:
    return "[keys]\n" + "".join(f'{action} = "{chord}"\n' for action, chord in keys.items())


def test_f12_is_next_and_no_default_is_given_twice() -> None:
    used = [chord for chord in DEFAULTS.values() if chord]
    assert DEFAULTS["next"] == "F12"
    assert len(used) == len(set(used))
    assert set(used) <= set(CHORDS)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_keys(tmp_path) == Keys(DEFAULTS)


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('[keys]\nrecall = "ctrl+f2"\nsign-out = ""\n', "utf-8")
    keys = load_keys(tmp_path)
    assert keys.mistakes == ()
    assert keys.by_action == dict(DEFAULTS) | {"recall": "Ctrl+F2", "sign-out": ""}


def test_a_default_gives_way_to_the_action_that_was_given_its_key() -> None:
    keys = parse_keys(written({"recall": "F12"}))
    assert keys.by_action["recall"] == "F12"
    assert keys.by_action["next"] == ""
    assert keys.mistakes == ()


def test_a_key_named_twice_goes_to_neither() -> None:
    keys = parse_keys(written({"recall": "F1", "start": "F1"}))
    assert keys.by_action["recall"] == DEFAULTS["recall"]
    assert keys.by_action["start"] == DEFAULTS["start"]
    assert keys.mistakes == (Mistake("doubled", "F1"),)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[keys\n", "no-toml"),
        ("keys = 3", "no-table"),
        ('[keys]\ndance = "F3"', "unknown-action"),
        ('[keys]\nnext = "F13"', "no-key"),
        ('[keys]\nnext = "Return"', "no-key"),
        ("[keys]\nnext = 12", "no-key"),
        ('[keys]\nnext = "Ctrl+Shift+F1"', "no-key"),
    ],
)
def test_a_mistake_is_told_and_the_default_stays(text: str, what: str) -> None:
    keys = parse_keys(text)
    assert [mistake.what for mistake in keys.mistakes] == [what]
    assert keys.by_action == DEFAULTS


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    assert load_keys(tmp_path) == Keys(DEFAULTS, (Mistake("unreadable"),))


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_keys(text: str) -> None:
    assert set(parse_keys(text).by_action) == set(DEFAULTS)


@given(st.dictionaries(st.sampled_from(sorted(DEFAULTS)), st.sampled_from(["", *CHORDS])))
def test_no_key_ever_has_two_meanings(wanted: dict[str, str]) -> None:
    keys = parse_keys(written(wanted)).by_action
    used = [chord for chord in keys.values() if chord]
    assert len(used) == len(set(used))
    once = {chord for chord in wanted.values() if list(wanted.values()).count(chord) == 1}
    assert all(keys[action] == chord for action, chord in wanted.items() if chord in once)


def test_the_clerks_guide_shows_the_defaults() -> None:
    guide = Path(counter.keys.__file__).parents[1] / "shared" / "docs" / "guides" / "clerk.md"
    shown = re.findall(r"```toml\n(.*?)```", guide.read_text("utf-8"), re.DOTALL)
    assert [tomllib.loads(text)["keys"] for text in shown] == [DEFAULTS]
