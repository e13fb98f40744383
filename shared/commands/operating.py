"""Commands that speak to the running hub with the operator's credential."""

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from shared.client.api import HubClient, HubRefused, HubUnreachable
from shared.store.authority import load_authority
from shared.store.house import House, default_folder
from shared.store.keys import KeyFileError


def operator_parser(command: str, description: str) -> argparse.ArgumentParser:
    """A parser that knows where the hall's folder is."""
    parser = argparse.ArgumentParser(prog=f"hall {command}", description=description)
    parser.add_argument("--data", type=Path, default=default_folder(), help="the hall's folder")
    return parser


def operate(command: str, folder: Path, work: Callable[[HubClient], str]) -> int:
    """Run `work` against the hub of `folder` and print what it says. Exit code 1 for a refusal."""
    house = House(folder)
    try:
        address = house.address.read_text("ascii").strip()
        token = house.operator_token.read_text("ascii").strip()
        authority = load_authority(house.authority).pem
        with closing(HubClient(address, token, authority=authority)) as hub:
            print(work(hub))  # noqa: T201
    except (OSError, KeyFileError, ValueError) as error:
        return _failed(command, f"is the hub of {folder} running, and may you read its folder? ({error})")
    except HubUnreachable as error:
        return _failed(command, f"the hub does not answer: {error}")
    except HubRefused as error:
        return _failed(command, error.en)
    return 0


def _failed(command: str, sentence: str) -> int:
    print(f"hall {command}: {sentence}", file=sys.stderr)  # noqa: T201
    return 1
