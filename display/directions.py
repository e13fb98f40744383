"""Arrows: where to go from this board to a window, from words of the window's place.

Only who hangs the board knows which way `东区` lies, so the arrows are set on its command line:
`--arrows 东区=right,西区=left,二楼=up`. Without a match the arrow says just "to".
"""

from collections.abc import Mapping

ARROWS: Mapping[str, str] = {
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "up-left": "↖",
    "up-right": "↗",
    "down-left": "↙",
    "down-right": "↘",
}
ONWARD = "→"


def parse_arrows(text: str) -> dict[str, str]:
    """`东区=right,二楼=up` as word -> arrow; ValueError names the part that is wrong."""
    arrows: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        word, _, way = part.partition("=")
        if not word.strip() or way.strip() not in ARROWS:
            raise ValueError(f"{part!r} is not WORD=WAY with WAY one of {', '.join(ARROWS)}")
        arrows[word.strip()] = ARROWS[way.strip()]
    return arrows


def arrow_to(place: str, arrows: Mapping[str, str]) -> str:
    """The arrow of the first word that `place` contains (words in the order they were set)."""
    return next((arrow for word, arrow in arrows.items() if word in place), ONWARD)
