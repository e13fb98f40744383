"""`hall advise`: which window to open, close or move, what it is worth, and if earlier advice came true."""

from collections.abc import Sequence

from shared.commands.operating import operate, operator_parser
from shared.domain.moments import HALL_ZONE
from shared.protocol.messages import AdviceNow, PastAdvice


def main(argv: Sequence[str]) -> int:
    """Print what the hub sees."""
    options = operator_parser("advise", "Which window to open, close or move in the next hour.").parse_args(
        argv
    )
    return operate("advise", options.data, lambda hub: _text(hub.ask(AdviceNow, "advice")))


def _text(answer: AdviceNow) -> str:
    if answer.at is None:
        return "the hub has not looked yet: ask again in a minute"
    lines = [f"{answer.at.astimezone(HALL_ZONE):%H:%M}"]
    for advice in answer.now:
        lines += [f"  {advice.zh}", f"  {advice.en}; {advice.minutes_saved} min of waiting saved", ""]
    if not answer.now:
        lines.append("  无需调整窗口 / No change of windows would help.")
    if answer.past:
        lines += ["", "earlier:", *map(_past, answer.past)]
    return "\n".join(lines)


def _past(past: PastAdvice) -> str:
    told = f"  {past.at.astimezone(HALL_ZONE):%m-%d %H:%M}  {past.advice.en}"
    if past.longest is None:
        return f"{told}: its hour is not over"
    done = "followed" if past.followed else "not followed"
    verdict = "as foreseen" if past.came_true else "other than foreseen"
    return f"{told}: {done}; the longest wait became {past.longest:.0f} min, {verdict}"
