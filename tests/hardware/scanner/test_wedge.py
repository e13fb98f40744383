"""A scanner that types, told from a person."""

from hypothesis import given
from hypothesis import strategies as st

from hardware.scanner.framing import LONGEST
from hardware.scanner.wedge import FASTEST_TYPIST, RETURN, SHORTEST, Wedge

FAST, SLOW = 0.004, 0.12


def press(wedge: Wedge, text: str, gap: float, at: float = 10.0) -> tuple[str, list[str], float]:
    """What was passed on as typed, what was scanned, and the time after it."""
    typed, scanned = "", list[str]()
    for key in text:
        at += gap
        verdict = wedge.press(key, at)
        typed += verdict.typed
        scanned += [verdict.scanned] if verdict.scanned is not None else []
    at += FASTEST_TYPIST
    return typed + wedge.settle(at).typed, scanned, at


def test_a_wedge_burst_is_a_scan_and_leaks_no_letter() -> None:
    assert press(Wedge(), "https://hall.example/t/12-Abc" + RETURN, FAST)[:2] == (
        "",
        ["https://hall.example/t/12-Abc"],
    )


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
def test_what_a_person_types_passes_untouched(text: str) -> None:
    typed = text + RETURN
    assert press(Wedge(), typed, SLOW)[:2] == (typed, [])


def test_typing_around_a_scan_is_kept_apart_from_it() -> None:
    wedge = Wedge()
    before, _, at = press(wedge, "ab", SLOW)
    nothing, scanned, at = press(wedge, "A1234567" + RETURN, FAST, at + SLOW)
    after, _, _ = press(wedge, "c", SLOW, at)
    assert (before, nothing, scanned, after) == ("ab", "", ["A1234567"], "c")


def test_two_keys_hit_at_once_are_typing() -> None:
    assert press(Wedge(), "as" + RETURN, FAST)[:2] == ("as" + RETURN, [])


def test_a_burst_of_four_kilobytes_is_swallowed() -> None:
    wedge = Wedge()
    typed, scanned, at = press(wedge, "x" * (2 * LONGEST) + RETURN, FAST)
    assert (typed, scanned) == ("", [])
    assert press(wedge, "A1234567" + RETURN, FAST, at + SLOW)[1] == ["A1234567"]


def test_a_burst_that_stops_without_return_is_not_typed_into_a_field() -> None:
    typed, scanned, _ = press(Wedge(), "x" * SHORTEST, FAST)
    assert (typed, scanned) == ("", [])


@given(st.lists(st.tuples(st.sampled_from("aB3" + RETURN), st.floats(0, 0.2)), max_size=60))
def test_no_order_of_keys_breaks_it(keys: list[tuple[str, float]]) -> None:
    wedge, at = Wedge(), 0.0
    for key, gap in keys:
        at += gap
        wedge.press(key, at)
    assert press(wedge, "A1234567" + RETURN, FAST, at + 1)[1] == ["A1234567"]
