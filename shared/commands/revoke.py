"""`hall revoke`: take a device's credential away, at once."""

from collections.abc import Sequence

from shared.client.api import HubClient
from shared.commands.operating import operate, operator_parser
from shared.protocol.messages import Nothing


def main(argv: Sequence[str]) -> int:
    """Revoke one device by its number from `hall devices`."""
    parser = operator_parser("revoke", "Take a device's credential away.")
    parser.add_argument("device", type=int, help="its number, from: hall devices")
    options = parser.parse_args(argv)

    def work(hub: HubClient) -> str:
        hub.call("revoke_device", Nothing(), id=options.device)
        return f"device {options.device} may do nothing any more"

    return operate("revoke", options.data, work)
