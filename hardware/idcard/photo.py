"""Where a maker's decoder of card photos is plugged in.

The 1,024 bytes of a photo are WLT, for which no open decoder exists: makers of readers deliver one. A decoder
is a function from those bytes to a picture file (PNG, JPEG or BMP) or None, named `package.module:function`.
It runs in the reader's thread. Whatever goes wrong in it, the card is read all the same and a silhouette
stands in for the photo. The photo is handed on in memory only.
"""

import logging
from collections.abc import Callable
from importlib import import_module

from hardware.faults import DeviceUnavailable

_log = logging.getLogger(__name__)
PhotoDecoder = Callable[[bytes], bytes | None]


def no_photo(_wlt: bytes) -> None:
    """Without a decoder there is no picture."""


def photo_decoder(name: str) -> PhotoDecoder:
    """The decoder called `name`, or none for "". Raises `DeviceUnavailable`."""
    if not name:
        return no_photo
    module, _, attribute = name.partition(":")
    try:
        decode = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise DeviceUnavailable(f"photo={name}: {error}") from error
    return lambda wlt: _decoded(decode, wlt)


def _decoded(decode: Callable[[bytes], object], wlt: bytes) -> bytes | None:
    try:
        picture = decode(wlt)
    except Exception as error:  # noqa: BLE001  # a maker's library; a card without a photo is still a card
        _log.warning("the photo decoder failed: %s", type(error).__name__)
        return None
    return picture if isinstance(picture, bytes) else None
