"""`hall enrol`: show a short-lived code with which one device may enrol."""

from collections.abc import Sequence
from typing import get_args

from shared.client.api import HubClient
from shared.commands.operating import operate, operator_parser
from shared.domain.pin import EnrolmentCode
from shared.protocol.messages import DeviceOffer, OfferDevice, Role
from shared.store.authority import load_authority
from shared.store.house import House


def main(argv: Sequence[str]) -> int:
    """Print the whole code, with the fingerprint of the hall's authority, and how long it is good."""
    parser = operator_parser("enrol", "Make a code with which one device may enrol.")
    parser.add_argument("--role", required=True, choices=get_args(Role))
    parser.add_argument("--name", required=True, help="what people call it: 一号取号机")
    parser.add_argument("--window", type=int, help="the window a counter or window board belongs to")
    options = parser.parse_args(argv)

    def work(hub: HubClient) -> str:
        request = OfferDevice(role=options.role, name=options.name, window=options.window)
        offer = hub.ask(DeviceOffer, "offer_device", request)
        code = EnrolmentCode(offer.code, load_authority(House(options.data).authority).fingerprint)
        return f"{code}   (good until {offer.expires_at:%H:%M}, once)"

    return operate("enrol", options.data, work)
