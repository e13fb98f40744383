"""`hall devices`: list the enrolled devices."""

from collections.abc import Sequence

from shared.client.api import HubClient
from shared.commands.operating import operate, operator_parser
from shared.protocol.messages import Device, Devices


def main(argv: Sequence[str]) -> int:
    """Print a line a device."""
    options = operator_parser("devices", "List the enrolled devices.").parse_args(argv)

    def work(hub: HubClient) -> str:
        return "\n".join(map(_line, hub.ask(Devices, "devices").devices))

    return operate("devices", options.data, work)


def _line(device: Device) -> str:
    window = f" window {device.window}" if device.window else ""
    state = "revoked" if device.revoked_at else "enrolled"
    return f"{device.id:>4}  {device.role:<14} {device.name}{window}  {state} {device.enrolled_at:%Y-%m-%d}"
