"""The newest picture of a camera that a watch looks after, for whoever needs one now."""

from collections.abc import Callable

from hardware.camera.frame import Frame, Image
from hardware.device import DeviceState, StateChanged
from hardware.notifier import DeviceEvent


class NewestPicture:
    """Hears a camera's events; `picture` is None while it cannot be trusted."""

    def __init__(self, pass_on: Callable[[StateChanged], None] = lambda _: None) -> None:
        self._pass_on = pass_on
        self._image: Image | None = None
        self._state = DeviceState.UNKNOWN

    def hear(self, event: DeviceEvent) -> None:
        """For the notifier; in the camera's thread."""
        if isinstance(event.what, Frame):
            self._image = event.what.image
        elif isinstance(event.what, StateChanged):
            self._state = event.what.state
            self._pass_on(event.what)

    def picture(self) -> Image | None:
        return self._image if self._state.is_usable else None
