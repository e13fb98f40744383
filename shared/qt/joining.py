"""Becoming a device of the hall before any window is shown: find the hub, enrol, or go on as before."""

import logging
from argparse import Namespace
from pathlib import Path

from shared.client.api import HubClient
from shared.client.discover import discover
from shared.client.errors import HubError, HubRefused
from shared.client.identity import (
    DeviceIdentity,
    IdentityFileError,
    enrol,
    load_identity,
    save_identity,
)
from shared.protocol.messages import Role

log = logging.getLogger(__name__)


class CannotJoin(Exception):
    """The app cannot start; the sentence tells the person who installs it what to do."""


def join(options: Namespace, app: str, role: Role) -> DeviceIdentity:
    """This device's identity, newly enrolled or remembered, with the hub's present address."""
    known = _remembered(options.state)
    if options.enrol is not None:
        known = _enrol(options.hub or _find(known), options.enrol, options.state)
    if known is None:
        raise CannotJoin(
            f"this device is not enrolled. On the hub: hall enrol --role {role} --name NAME; "
            f"here: hall {app} --enrol CODE"
        )
    if known.role != role:
        raise CannotJoin(
            f"this device is enrolled as {known.role}, and hall {app} needs {role}: enrol it again"
        )
    return _at(known, options.hub, options.state)


def _remembered(folder: Path) -> DeviceIdentity | None:
    try:
        return load_identity(folder)
    except IdentityFileError as error:
        raise CannotJoin(f"the device's file cannot be read ({error}); remove it and enrol again") from error


def _enrol(url: str, code: str, folder: Path) -> DeviceIdentity:
    client = HubClient(url)
    try:
        return enrol(client, code, folder)
    except HubRefused as refusal:
        raise CannotJoin(f"{refusal.zh} / {refusal.en}") from refusal
    except HubError as error:
        raise CannotJoin(f"the hub at {url} does not answer: {error}") from error
    except OSError as error:
        raise CannotJoin(f"{folder} cannot be written: {error}") from error
    finally:
        client.close()


def _find(known: DeviceIdentity | None) -> str:
    if known is not None:
        return known.hub
    try:
        hubs = discover()
    except OSError as error:
        raise CannotJoin(f"no network to find a hub on ({error}); say --hub http://HOST:PORT") from error
    if len(hubs) != 1:
        found = ", ".join(f"{hub.name} at {hub.url}" for hub in hubs) or "none"
        raise CannotJoin(f"hubs found on this network: {found}; say --hub http://HOST:PORT")
    log.info("found %s at %s", hubs[0].name, hubs[0].url)
    return hubs[0].url


def _at(identity: DeviceIdentity, url: str | None, folder: Path) -> DeviceIdentity:
    """The hub moved to another address: remember it."""
    if url is None or url == identity.hub:
        return identity
    moved = DeviceIdentity(
        hub=url,
        device=identity.device,
        token=identity.token,
        role=identity.role,
        name=identity.name,
        window=identity.window,
    )
    try:
        save_identity(folder, moved)
    except OSError as error:
        log.warning("the hub's new address could not be kept: %s", error)
    return moved
