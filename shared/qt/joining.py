"""Becoming a device of the hall before any window is shown: find the hub, enrol, or go on as before.

What advertises itself as a hub is a hint. A device that enrols believes the one whose authority has the
fingerprint of its code; an enrolled one believes whom the authority vouches for that it pinned then.
"""

import logging
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from shared.client.api import HubClient
from shared.client.discover import discover
from shared.client.errors import HubError, HubForeign, HubRefused, HubUnreachable
from shared.client.identity import (
    DeviceIdentity,
    IdentityFileError,
    enrol,
    load_identity,
    save_identity,
)
from shared.client.trust import fetch_authority, is_loopback
from shared.domain.pin import read_code
from shared.domain.refusals import Refused
from shared.protocol.messages import Health, Role

log = logging.getLogger(__name__)

_LOOK_SECONDS = 1.5
"""For a sign of life of the hub where it was."""


class CannotJoin(Exception):
    """The app cannot start; the sentence tells the person who installs it what to do."""


def join(options: Namespace, app: str, role: Role) -> DeviceIdentity:
    """This device's identity, newly enrolled or remembered, with the hub's present address."""
    known = _remembered(options.state)
    if options.enrol is not None:
        known = _enrol(options.hub, known, options.enrol, options.state)
    if known is None:
        raise CannotJoin(
            f"this device is not enrolled. On the hub: hall enrol --role {role} --name NAME; "
            f"here: hall {app} --enrol CODE"
        )
    if known.role != role:
        raise CannotJoin(
            f"this device is enrolled as {known.role}, and hall {app} needs {role}: enrol it again"
        )
    found = _at(known, options.hub) if options.hub is not None else found_again(known)
    if not found.is_pinned:
        raise CannotJoin(
            "本机是以前登记的，无法确认主机的身份，请重新登记 / this device enrolled before hubs could prove "
            f"who they are: enrol it again. On the hub: hall enrol --role {role} --name NAME; "
            f"here: hall {app} --enrol CODE"
        )
    return kept(found, known, options.state)


def _remembered(folder: Path) -> DeviceIdentity | None:
    try:
        return load_identity(folder)
    except IdentityFileError as error:
        raise CannotJoin(f"the device's file cannot be read ({error}); remove it and enrol again") from error


# -- enrolling --------------------------------------------------------------------------------------------


def _enrol(url: str | None, known: DeviceIdentity | None, typed: str, folder: Path) -> DeviceIdentity:
    try:
        client = _hub_of(url, known, typed)
        with closing(client):
            return enrol(client, typed, folder)
    except (HubRefused, Refused) as refusal:
        raise CannotJoin(f"{refusal.zh} / {refusal.en}") from refusal
    except HubError as error:
        raise CannotJoin(f"the hub does not answer: {error}") from error
    except OSError as error:
        raise CannotJoin(f"{folder} cannot be written: {error}") from error


def _hub_of(url: str | None, known: DeviceIdentity | None, typed: str) -> HubClient:
    """The hub that the code was made at. A hub on this machine needs no fingerprint."""
    if url is not None and url.startswith("http:") and is_loopback(url):
        return HubClient(url)
    code = read_code(typed)
    foreign: list[str] = []
    for candidate in [secured(url)] if url is not None else _candidates(known):
        try:
            authority = fetch_authority(candidate, code.fingerprint)
            _require_at(candidate, authority)
            return HubClient(candidate, authority=authority)
        except HubForeign:
            foreign.append(candidate)
        except HubUnreachable as error:
            log.info("no hub at %s: %s", candidate, error)
    raise CannotJoin(_nobody(url, foreign))


def _nobody(url: str | None, foreign: list[str]) -> str:
    if foreign:
        return (
            f"{', '.join(foreign)} 不是这个登记码的主机，没有发送任何内容 / is not the hub that this code "
            "was made at; nothing was sent to it"
        )
    if url is not None:
        return f"no hub answers at {url}"
    return "no hub was found on this network; say --hub https://HOST:PORT"


def _candidates(known: DeviceIdentity | None) -> Iterator[str]:
    """Where the hub may be: where it was, then whatever says that it is one."""
    if known is not None:
        yield secured(known.hub)
    try:
        hubs = discover()
    except OSError as error:
        raise CannotJoin(f"no network to find a hub on ({error}); say --hub https://HOST:PORT") from error
    for hub in hubs:
        log.info("%s says that it is a hub, at %s", hub.name, hub.url)
        yield hub.url


# -- going on ---------------------------------------------------------------------------------------------


def _at(known: DeviceIdentity, url: str) -> DeviceIdentity:
    """The hub is at another address now, says who starts the app."""
    return replace(known, hub=url if known.authority is None else secured(url))


def found_again(known: DeviceIdentity) -> DeviceIdentity:
    """The device with the hub where it was, or where one advertises itself that has proved to be the same.

    When it is nowhere it stays where it was: the app waits for it, as it does through an outage.
    """
    if known.authority is None or _is_at(known.hub, known.authority):
        return known
    try:
        hubs = discover()
    except OSError as error:
        log.info("no network to look for the hub on: %s", error)
        return known
    for hub in hubs:
        if _is_at(hub.url, known.authority):
            log.warning("the hub has moved from %s to %s", known.hub, hub.url)
            return replace(known, hub=hub.url)
    return known


def _is_at(url: str, authority: str) -> bool:
    try:
        _require_at(url, authority)
    except HubError as error:
        log.info("the hub is not at %s: %s", url, error)
        return False
    return True


def _require_at(url: str, authority: str) -> None:
    """Let the hub prove that it has the authority's trust; it is not told who asks. Raises HubError.

    That it hands out the authority's certificate proves nothing: it is public.
    """
    with closing(HubClient(url, None, _LOOK_SECONDS, authority=authority)) as client:
        client.ask(Health, "health")


def secured(url: str) -> str:
    """The same place over TLS; the hub has one port for both."""
    return url.replace("http://", "https://", 1)


def kept(found: DeviceIdentity, known: DeviceIdentity, folder: Path) -> DeviceIdentity:
    """Remember where the hub is; gives `found`."""
    if found != known:
        try:
            save_identity(folder, found)
        except OSError as error:
            log.warning("the hub's new address could not be kept: %s", error)
    return found
