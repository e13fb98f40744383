"""Drives an app that runs with `--robot` as a process of its own, for tests and the demo. No Qt here."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
DEFAULT_TIMEOUT_SECONDS = 10.0
_GRACE_SECONDS = 20.0


class RobotError(AssertionError):
    """The app could not do what it was told; the sentence says why, and what the app last logged."""


class RobotDriver:
    """An app as a process, e.g. `RobotDriver("kiosk", "--hub", url, "--enrol", code, "--state", folder)`.

    `warnings` gives what the app logged at WARNING or above; a context manager that quits the app.
    """

    def __init__(
        self,
        module: str,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.log: list[str] = []
        self._answers: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments, "--robot"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=cwd,
            env={
                **os.environ,
                "PYTHONUNBUFFERED": "1",
                **(OFFSCREEN if environment is None else environment),
            },
        )
        self._threads = [
            threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True),
            threading.Thread(target=self._keep_log, args=(self.process.stderr,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.quit()

    @property
    def warnings(self) -> list[str]:
        """Lines of the log that tell of something unexpected."""
        return [line for line in self.log if any(f" {level} " in line for level in _LOUD)]

    def click(self, name: str, timeout: float = DEFAULT_TIMEOUT_SECONDS) -> None:
        """Click an item once it can be clicked."""
        self.tell({"click": name}, timeout)

    def key(self, chord: str) -> None:
        """Press a key such as `F12` or `Ctrl+Z`."""
        self.tell({"key": chord})

    def type(self, text: str) -> None:
        """Type characters."""
        self.tell({"type": text})

    def wait(
        self, name: str, key: str | None = None, *, timeout: float = DEFAULT_TIMEOUT_SECONDS, **test: Any
    ) -> None:
        """Wait until an item is to be seen, or until its property fits: `wait("number", "text", is_="A001")`.

        Tests: is_, not_, contains, at_least.
        """
        wanted = {word.removesuffix("_"): value for word, value in test.items()}
        about = {"object": name} if key is None else {"object": name, "property": key, **wanted}
        self.tell({"wait": about}, timeout)

    def gone(self, name: str, timeout: float = DEFAULT_TIMEOUT_SECONDS) -> None:
        """Wait until an item is no longer to be seen."""
        self.tell({"gone": name}, timeout)

    def get(self, name: str, key: str, timeout: float = DEFAULT_TIMEOUT_SECONDS) -> Any:
        """A property's value."""
        return self.tell({"get": {"object": name, "property": key}}, timeout)

    def names(self, prefix: str = "") -> Sequence[str]:
        """Object names that are to be seen."""
        found: Sequence[str] = self.tell({"names": prefix})
        return found

    def grab(self, path: Path, window: str = "") -> None:
        """Save the window as PNG."""
        self.tell({"grab": str(path), "window": window})

    def tell(self, command: Mapping[str, Any], timeout: float = DEFAULT_TIMEOUT_SECONDS) -> Any:
        """Send any command and wait for its answer; gives its value. Raises RobotError."""
        line = json.dumps({**command, "timeout": timeout}, ensure_ascii=False)
        try:
            self._stdin.write(line + "\n")
            self._stdin.flush()
            answer = self._answers.get(timeout=timeout + _GRACE_SECONDS)
        except (OSError, queue.Empty) as error:
            raise RobotError(f"{line}: no answer ({error!r})\n{self._tail()}") from error
        if answer is None:
            raise RobotError(f"{line}: the app has ended with {self.process.wait(5)}\n{self._tail()}")
        got = json.loads(answer)
        if not got["ok"]:
            raise RobotError(f"{line}: {got['error']}\n{self._tail()}")
        return got.get("value")

    def quit(self, timeout: float = 5.0) -> int:
        """Close the app and give its exit code; one that does not close is killed (negative code)."""
        with suppress(OSError, ValueError):
            self._stdin.write('{"quit": true}\n')
            self._stdin.close()
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
        finally:
            for thread in self._threads:
                thread.join(2)
            for pipe in (self.process.stdout, self.process.stderr):
                if pipe is not None:
                    pipe.close()

    @property
    def _stdin(self) -> IO[str]:
        if self.process.stdin is None:
            raise RobotError("the app has no input")
        return self.process.stdin

    def _listen(self, output: IO[str]) -> None:
        for line in output:
            if line.startswith('{"ok"'):
                self._answers.put(line)
        self._answers.put(None)

    def _keep_log(self, output: IO[str]) -> None:
        for line in output:
            self.log.append(line.rstrip("\n"))

    def _tail(self) -> str:
        time.sleep(0.1)  # the log may come a moment later than the answer
        return "\n".join(self.log[-15:])


_LOUD = ("WARNING", "ERROR", "CRITICAL")
