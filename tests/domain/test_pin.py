"""The enrolment code: read as people type it, and a slip of the finger told before anything is sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import crockford
from shared.domain.pin import EnrolmentCode, digits_of, fingerprint_of, matches, read_code
from shared.domain.refusals import Refused

CODE = EnrolmentCode("48213907", fingerprint_of(b"a public key"))
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_a_code_is_read_as_it_is_printed() -> None:
    assert str(CODE).count("-") == 6
    assert len(str(CODE).split("-")[-1]) == 2
    assert read_code(str(CODE)) == CODE
    assert digits_of(str(CODE)) == digits_of("4821 3907") == CODE.digits


@pytest.mark.parametrize(
    "as_typed",
    [
        lambda text: text.lower(),
        lambda text: text.replace("-", " "),
        lambda text: text.replace("-", ""),
        lambda text: text.replace("0", "O").replace("1", "l"),
        lambda text: text.replace("1", "I"),
        lambda text: "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in text),
        lambda text: f"  {text}\n",
    ],
)
def test_a_code_is_read_as_it_is_typed(as_typed: object) -> None:
    assert read_code(as_typed(str(CODE))) == CODE  # type: ignore[operator]


@given(st.integers(0, 25), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_a_slip(at: int, letter: str) -> None:
    clean = crockford.clean(str(CODE))
    wrong = clean[:at] + letter + clean[at + 1 :]
    if wrong == clean:
        return
    with pytest.raises(Refused, match="enrolment_code_mistyped"):
        read_code(wrong)


@pytest.mark.parametrize("typed", ["", "48213907", "4821-3907-7K3M"])
def test_a_part_of_a_code_is_told_as_such(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_code(typed)
    assert refused.value.code == "enrolment_code_short"
    assert "26" in refused.value.zh


@pytest.mark.parametrize("typed", [f"{CODE}X", "!" * 26, "\0" * 30, "４" * 26])
def test_junk_is_a_slip(typed: str) -> None:
    with pytest.raises(Refused, match="enrolment_code_mistyped"):
        read_code(typed)


def test_a_fingerprint_is_of_one_key() -> None:
    assert matches(CODE.fingerprint, b"a public key")
    assert not matches(CODE.fingerprint, b"another public key")
    assert len(CODE.fingerprint) * 5 == 80


@given(st.integers(0, 2**80 - 1))
def test_the_base_is_read_back(bits: int) -> None:
    assert crockford.read(crockford.write(bits, 16), 16) == bits
