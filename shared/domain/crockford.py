"""Crockford's base 32 (no I, L, O, U; https://www.crockford.com/base32.html): codes that people type."""

from unicodedata import normalize

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


def clean(typed: str) -> str:
    """A typed code in its one form: whatever its case, blanks, hyphens and wide letters; I is 1, O is 0."""
    return "".join(normalize("NFKC", typed).upper().split()).replace("-", "").translate(_READ_AS)


def write(bits: int, length: int) -> str:
    """The lowest `length` times 5 bits of a number."""
    return "".join(_ALPHABET[bits >> 5 * place & 31] for place in reversed(range(length)))


def read(typed: str, length: int) -> int:
    """The number of a code of `length` characters. Raises ValueError."""
    letters = clean(typed)
    if len(letters) != length or any(letter not in _ALPHABET for letter in letters):
        raise ValueError(f"no code of {length} characters")
    bits = 0
    for letter in letters:
        bits = bits << 5 | _ALPHABET.index(letter)
    return bits
