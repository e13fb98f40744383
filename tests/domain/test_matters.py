"""The words by which a matter is found."""

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.matters import MAX_TERM_LENGTH, MAX_TERMS, normalise, runs, sound_keys, spaced, terms


def test_normalise_folds_width_case_and_marks() -> None:
    assert normalise(" ＹＹｚｚ，（营业）-执照 ") == "yyzz 营业 执照"
    assert normalise("LÜ") == "lv"
    assert normalise('"*^()') == ""


def test_terms_are_bounded() -> None:
    assert terms("营业 执照") == ("营业", "执照")
    assert len(terms("a " * 100)) == MAX_TERMS
    assert terms("证" * 100) == ("证" * MAX_TERM_LENGTH,)


def test_runs_part_letters_from_chinese() -> None:
    assert runs("办社bao卡12") == ("办社", "bao", "卡", "12")


def test_every_character_stands_alone() -> None:
    assert spaced("ETC（办理）") == "e t c 办 理"


def test_sound_keys_begin_at_each_character() -> None:
    keys = sound_keys([["ying"], ["ye"], ["zhi"]])
    assert keys.start == {"yingyezhi", "yyz"}
    assert keys.inside == {"yingyezhi", "yyz", "yezhi", "yz", "zhi", "z"}


def test_another_reading_gives_another_key() -> None:
    assert sound_keys([["zhong", "chong"], ["da"]]).start == {"zhongda", "zd", "chongda", "cd"}


def test_nothing_sounds_like_nothing() -> None:
    assert sound_keys([]).start == frozenset()
    assert sound_keys([]).inside == frozenset()


@given(st.text())
def test_any_text_becomes_letters_and_digits(text: str) -> None:
    assert all(char.isalnum() for term in terms(text) for char in term)
    assert normalise(normalise(text)) == normalise(text)
    assert "".join(runs(normalise(text))) == normalise(text)
