"""`hall notice`: put a notice on the boards, or take one off."""

from collections.abc import Sequence

from shared.client.api import HubClient
from shared.commands.operating import operate, operator_parser
from shared.protocol.messages import Nothing, Notice, PostNotice


def main(argv: Sequence[str]) -> int:
    """Post, or withdraw by number."""
    parser = operator_parser("notice", "Put a notice on the boards, or take one off.")
    parser.add_argument("zh", nargs="?", help="the notice in Chinese")
    parser.add_argument("--en", default="", help="the notice in English")
    parser.add_argument("--withdraw", type=int, metavar="NUMBER", help="take this one off")
    options = parser.parse_args(argv)
    if (options.zh is None) == (options.withdraw is None):
        parser.error("give a notice, or --withdraw NUMBER")

    def work(hub: HubClient) -> str:
        if options.withdraw is not None:
            hub.call("withdraw_notice", Nothing(), id=options.withdraw)
            return f"notice {options.withdraw} is off the boards"
        notice = hub.ask(Notice, "post_notice", PostNotice(zh=options.zh, en=options.en))
        return f"notice {notice.id} is on the boards"

    return operate("notice", options.data, work)
