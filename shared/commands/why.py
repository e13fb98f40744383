"""`hall why A017`: who goes before a ticket, who was called meanwhile, by which rule, in two languages."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from shared.client.api import HubClient
from shared.commands.operating import operate, operator_parser
from shared.domain.moments import HALL_ZONE
from shared.protocol.messages import Before, Health, Said, Ticket, Why

_HEADS = {
    "ahead": ("排在前面", "before it"),
    "beside": ("其他队列里先叫的", "before it in other lines"),
    "called": ("等候期间被叫到", "called while it waited"),
    "windows": ("窗口", "windows"),
}


def main(argv: Sequence[str]) -> int:
    """Explain one ticket, now or at a moment of its day."""
    parser = operator_parser("why", "Say why a ticket waits: who goes before it, and by which rule.")
    parser.add_argument("number", help="as printed: A017")
    parser.add_argument("--at", type=_time, metavar="HH:MM", help="at this time of its day; now without it")
    parser.add_argument(
        "--day", type=date.fromisoformat, metavar="DATE", help="a business day before today's"
    )
    options = parser.parse_args(argv)

    def work(hub: HubClient) -> str:
        day = options.day or hub.ask(Health, "health").day
        ticket = hub.ask(Ticket, "ticket_numbered", number=options.number, day=day)
        if options.at is None:
            return "\n".join(_page(hub.ask(Why, "why", id=ticket.id)))
        at = _moment(ticket, options.at).isoformat()
        return "\n".join(_page(hub.ask(Why, "why", id=ticket.id, at=at)))

    return operate("why", options.data, work)


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time: write 10:20") from None


def _moment(ticket: Ticket, at: time) -> datetime:
    """That time on the day on which the number was taken; to the minute, it means the whole minute."""
    end = at if at.second or at.microsecond else at.replace(second=59, microsecond=999_000)
    return datetime.combine(ticket.taken_at.astimezone(HALL_ZONE), end, HALL_ZONE)


def _page(why: Why) -> Iterator[str]:
    yield f"{why.number}  {why.at.astimezone(HALL_ZONE):%Y-%m-%d %H:%M}"
    yield from _pair(why.own)
    yield from _list("ahead", why.ahead, why.ahead_count)
    yield from _list("beside", why.beside, why.beside_count)
    yield from _list("called", why.called, why.called_count)
    yield from _list("windows", why.windows, len(why.windows))


def _list(name: str, said: Sequence[Said | Before], count: int) -> Iterator[str]:
    """A list under its head; nothing at all for an empty one."""
    if not said:
        return
    zh, en = _HEADS[name]
    yield f"\n{zh} {en} ({count})"
    for sentence in said:
        yield from _pair(sentence)
    if count > len(said):
        yield f"  ... +{count - len(said)}"


def _pair(said: Said | Before) -> Iterator[str]:
    when = ""
    if isinstance(said, Before) and said.called_at is not None:
        when = f"{said.called_at.astimezone(HALL_ZONE):%H:%M} "
    yield f"  {when}{said.zh}"
    yield f"  {' ' * len(when)}{said.en}"
