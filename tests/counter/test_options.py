"""The options of `hall counter`."""

import pytest

from counter.options import add_options
from shared.qt.options import parse_options


def test_window_and_shape() -> None:
    options = parse_options("counter", "", ["--window", "3", "--shape", "bar"], add_options)
    assert (options.window, options.shape) == (3, "bar")
    options = parse_options("counter", "", [], add_options)
    assert (options.window, options.shape) == (None, "desk")


@pytest.mark.parametrize("wrong", [["--window", "0"], ["--window", "三"], ["--shape", "round"]])
def test_mistakes_end_with_a_sentence(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_options("counter", "", wrong, add_options)
    assert wrong[0] in capsys.readouterr().err
