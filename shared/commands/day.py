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
            health = hub.call("health")
            return str(health.day) if isinstance(health, Health) else ""
        rolled = hub.call("roll_day", RollDay(day=options.roll))
        if not isinstance(rolled, DayRolled):
            raise TypeError(f"the hub answered {rolled!r}")
        return f"the business day is {rolled.day}; {rolled.expired} tickets of the old one expired"

    return operate("day", options.data, work)
