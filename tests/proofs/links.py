"""The line between a kiosk and the hub, to be cut: a relay in this process, or a cable between namespaces."""

import contextlib
import os
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from itertools import count
from urllib.parse import urlsplit


class Relay:
    """A TCP relay on the loopback. Needs no rights.

    `url` is where the kiosk finds the hub, `prefix` what the kiosk's command begins with.
    """

    prefix: Sequence[str] = ()

    def __init__(self, hub: str) -> None:
        parts = urlsplit(hub)
        self._hub = (parts.hostname or "", parts.port or 0)
        self._passes = self._answers = True
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"{parts.scheme}://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Nothing passes."""
        self._set(passes=False, answers=False)

    def deafen(self) -> None:
        """What the kiosk says on a line that it has reaches the hub; no answer comes back.

        It stays open: over TLS nothing could be said on a new one, whose greeting is not answered.
        """
        with self._lock:
            self._answers = False

    def heal(self) -> None:
        """All is well again."""
        self._set(passes=True, answers=True)

    def close(self) -> None:
        self.cut()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _set(self, *, passes: bool, answers: bool) -> None:
        with self._lock:
            self._passes, self._answers = passes, answers
            for end in self._ends:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            self._ends.clear()

    def _accept(self) -> None:
        while True:
            try:
                kiosk, _ = self._listening.accept()
            except OSError:
                return
            hub = self._reach()
            if hub is None:
                kiosk.close()
                continue
            with self._lock:
                self._ends |= {kiosk, hub}
            threading.Thread(target=self._pump, args=(kiosk, hub, True), daemon=True).start()
            threading.Thread(target=self._pump, args=(hub, kiosk, False), daemon=True).start()

    def _reach(self) -> socket.socket | None:
        if not self._passes:
            return None
        try:
            return socket.create_connection(self._hub, timeout=5)
        except OSError:
            return None

    def _pump(self, source: socket.socket, sink: socket.socket, is_question: bool) -> None:
        with contextlib.suppress(OSError):
            source.settimeout(None)
            while data := source.recv(65536):
                if is_question or self._answers:
                    sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        source.close()


_numbers = count()


class Cable:
    """A network namespace for one kiosk, and a cable (veth) to the hub's. Needs root.

    The hub must listen on all addresses; the namespace knows no other way out. `there` is its own address.
    """

    def __init__(self, hub: str) -> None:
        number = next(_numbers)
        self._name = f"p06-{os.getpid()}-{number}"
        self._end, self._far = f"p6{os.getpid() % 100000}h{number}", f"p6{os.getpid() % 100000}k{number}"
        here, there = f"10.231.{number % 256}.1", f"10.231.{number % 256}.2"
        parts = urlsplit(hub)
        self.url = f"{parts.scheme}://{here}:{parts.port}"
        self.there = there
        self.prefix = ("ip", "netns", "exec", self._name)
        _ip("netns", "add", self._name)
        _ip("link", "add", self._end, "type", "veth", "peer", "name", self._far)
        _ip("link", "set", self._far, "netns", self._name)
        _ip("addr", "add", f"{here}/30", "dev", self._end)
        _ip("-n", self._name, "addr", "add", f"{there}/30", "dev", self._far)
        _ip("-n", self._name, "link", "set", self._far, "up")
        self.heal()

    def cut(self) -> None:
        """As if the plug were pulled."""
        self._hear_again()
        _ip("link", "set", self._end, "down")

    def deafen(self) -> None:
        self.heal()
        self._nft("add", "table", "ip", "deaf")
        self._nft("add", "chain", "ip", "deaf", "in", "{ type filter hook input priority 0 ; policy drop ; }")

    def heal(self) -> None:
        self._hear_again()
        _ip("link", "set", self._end, "up")

    def close(self) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            _ip("link", "del", self._end)
        with contextlib.suppress(subprocess.CalledProcessError):
            _ip("netns", "del", self._name)

    def _hear_again(self) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self._nft("delete", "table", "ip", "deaf")

    def _nft(self, *words: str) -> None:
        subprocess.run([*self.prefix, "nft", *words], check=True, capture_output=True)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def can_lay_cables() -> bool:
    """Whether this machine lets us make namespaces and filter in them."""
    try:
        cable = Cable("http://10.231.0.1:1")
    except (OSError, subprocess.CalledProcessError):
        return False
    try:
        cable.deafen()
    except (OSError, subprocess.CalledProcessError):
        return False
    finally:
        cable.close()
    return True


def can_make_namespaces() -> bool:
    """Whether this machine lets us put somebody into a network of their own; filters or not."""
    try:
        Cable("http://10.231.0.1:1").close()
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


@contextlib.contextmanager
def linked(kind: type[Relay] | type[Cable], hub: str) -> Iterator[Relay | Cable]:
    """A line that is taken down in the end."""
    link = kind(hub)
    try:
        yield link
    finally:
        link.close()
