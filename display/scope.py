"""What one board shows: the whole hall, some lanes (a zone board), or one window."""

from dataclasses import dataclass

from shared.protocol.messages import Call


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the hall one board is for. Neither lanes nor window means the whole hall."""

    lanes: frozenset[str] = frozenset()
    window: int | None = None

    def __post_init__(self) -> None:
        if self.lanes and self.window is not None:
            raise ValueError("a board shows lanes or one window, not both")

    def shows_call(self, call: Call) -> bool:
        """Whether this board shows and speaks `call`."""
        if self.window is not None:
            return call.window == self.window
        return self.shows_lane(call.lane)

    def shows_lane(self, letter: str) -> bool:
        """Whether this board counts the people of this lane."""
        return not self.lanes or letter in self.lanes

    @property
    def name(self) -> str:
        """A file-name-safe name: `hall`, `lanes-A-B`, `window-3`."""
        if self.window is not None:
            return f"window-{self.window}"
        return "-".join(["lanes", *sorted(self.lanes)]) if self.lanes else "hall"


def parse_lanes(text: str) -> frozenset[str]:
    """Letters separated by commas (`A,B`); ValueError when one is not a single capital letter."""
    letters = frozenset(part.strip().upper() for part in text.split(",") if part.strip())
    wrong = sorted(letter for letter in letters if len(letter) != 1 or not "A" <= letter <= "Z")
    if wrong or not letters:
        raise ValueError(f"lanes are letters such as A,B, not {text!r}")
    return letters
