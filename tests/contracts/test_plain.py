"""What is text and nothing else is the same at the hub and at a device; a printer is stricter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.plain import plain as plain_of_device
from hardware.printer.text import sanitise
from shared.domain.plain import escaped, plain, plain_line
from tests.proofs.hostile import texts

NO_TEXT = {"Cc", "Cf", "Cs", "Zl", "Zp"}
ANY = st.one_of(st.text(), texts())


@given(ANY)
def test_the_hub_and_a_device_agree(text: str) -> None:
    assert plain(text) == plain_of_device(text)


@given(ANY)
def test_nothing_that_is_no_text_passes_and_nothing_else_is_lost(text: str) -> None:
    left = plain(text)
    assert all(c == "\n" or unicodedata.category(c) not in NO_TEXT for c in left)
    assert plain(left) == left
    assert set(sanitise(text)) <= set(left)
    assert "\n" not in plain_line(text)


@given(ANY)
def test_a_log_shows_everything_on_one_line(text: str) -> None:
    shown = escaped(text)
    assert shown.isprintable() or all(
        c.isprintable() or unicodedata.category(c) in ("Co", "Cn", "Zs") for c in shown
    )
    assert len(shown.splitlines()) <= 1


@pytest.mark.parametrize("name", ["欧阳·买买提", "葛\U000e0100城", "\U00031350", "\ue863三", "é"])
def test_rare_names_stay(name: str) -> None:
    assert plain(name) == name
