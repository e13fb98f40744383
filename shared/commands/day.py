"""`hall day`: show the business day, or move it on."""

from collections.abc import Sequence
from datetime import date

from shared.client.api import HubClient
from shared.commands.operating import operate, operator_parser
from shared.protocol.messages import DayRolled, Health, RollDay


def main(argv: Sequence[str]) -> int:
    """Show, or roll with `--roll DATE`."""
    parser = operator_parser("day", "Show the business day, or move it on.")
    parser.add_argument("--roll", type=date.fromisoformat, metavar="DATE", help="the new business day")
    options = parser.parse_args(argv)

    def work(hub: HubClient) -> str:
        if options.roll is None:
            return str(hub.ask(Health, "health").day)
        rolled = hub.ask(DayRolled, "roll_day", RollDay(day=options.roll))
        return f"the business day is {rolled.day}; {rolled.expired} tickets of the old one expired"

    return operate("day", options.data, work)
