"""`hall lane`: close a lane with a reason, or open it again."""

from collections.abc import Sequence

from shared.client.api import HubClient
from shared.commands.operating import operate, operator_parser
from shared.protocol.messages import Nothing, Reason


def main(argv: Sequence[str]) -> int:
    """Close or open one lane."""
    parser = operator_parser("lane", "Close a lane, or open it again.")
    parser.add_argument("letter")
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--close", metavar="REASON", help="give no more numbers; the reason is shown")
    action.add_argument("--open", action="store_true", help="give numbers again")
    options = parser.parse_args(argv)

    def work(hub: HubClient) -> str:
        if options.open:
            hub.call("open_lane", Nothing(), letter=options.letter)
            return f"lane {options.letter} gives numbers again, within its hours"
        hub.call("close_lane", Reason(reason=options.close), letter=options.letter)
        return f"lane {options.letter} gives no more numbers; those who wait are still called"

    return operate("lane", options.data, work)
