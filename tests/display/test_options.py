"""What can be said on the command line, and what is refused with a sentence."""

import argparse

import pytest

from display.options import add_options, scope_of
from display.scope import Scope


def parse(*argv: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_options(parser)
    return parser.parse_args(argv)


def test_without_options_it_is_the_hall_board() -> None:
    options = parse()
    assert scope_of(options) == Scope()
    assert options.voice == "auto"


def test_a_zone_and_a_window() -> None:
    assert scope_of(parse("--lanes", "A,B")) == Scope(frozenset("AB"))
    assert scope_of(parse("--window", "3")) == Scope(window=3)


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["--lanes", "AB"], "lanes are letters"),
        (["--voice", "loud"], "a voice is auto, null, wav:DIR or none"),
        (["--languages", "en"], "languages are zh or zh,en"),
        (["--arrows", "东区"], "WORD=WAY"),
        (["--window", "3", "--lanes", "A"], "not allowed with"),
    ],
)
def test_mistakes_are_told(argv: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(*argv)
    assert sentence in capsys.readouterr().err
