"""Every fault has its sentences in both languages, whatever the state or the error it comes from."""

import errno
import getpass
import os
import re
import string
from pathlib import Path

import pytest

from hardware.device import DeviceState
from hardware.doctor.advice import ADVICE, BY_ERROR, BY_STATE, FIELDS, Fault
from hardware.doctor.diagnosis import diagnose, users_of
from hardware.doctor.finding import KINDS
from hardware.faults import DeviceCannotOpen, DeviceError, DeviceTimedOut, DeviceUnavailable
from hardware.registry import DRIVERS

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def subclasses(kind: type[DeviceError]) -> set[type[DeviceError]]:
    return {kind}.union(*(subclasses(below) for below in kind.__subclasses__()))


def test_every_state_and_every_error_has_advice() -> None:
    assert set(BY_STATE) == set(DeviceState)
    ours = {kind for kind in subclasses(DeviceError) if kind.__module__ == "hardware.faults"}
    assert set(BY_ERROR) == ours
    assert set(ADVICE) == set(Fault)


def test_only_ready_is_fine() -> None:
    assert [state for state, fault in BY_STATE.items() if fault is Fault.FINE] == [DeviceState.READY]
    assert Fault.FINE not in BY_ERROR.values()


@pytest.mark.parametrize("fault", Fault)
def test_each_sentence_is_complete_in_both_languages(fault: Fault) -> None:
    for sentence in (fault.advice.meaning, fault.advice.step):
        assert sentence.en
        assert CHINESE.search(sentence.zh)
        assert not CHINESE.search(sentence.en)
        named = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in
                 (sentence.zh, sentence.en)]  # fmt: skip
        assert named[0] == named[1] <= FIELDS


def test_every_kind_has_a_name() -> None:
    assert set(DRIVERS) <= set(KINDS)


def caused(number: int, kind: type[DeviceError] = DeviceCannotOpen) -> DeviceError:
    error = kind("x")
    error.__cause__ = OSError(number, os.strerror(number))
    return error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (caused(errno.EACCES), Fault.NO_PERMISSION),
        (caused(errno.ENOENT), Fault.NO_PORT),
        (caused(errno.ECONNREFUSED), Fault.NOBODY_LISTENS),
        (caused(errno.EHOSTUNREACH), Fault.NO_WAY),
        (caused(errno.EBUSY), Fault.BUSY),
        (caused(errno.EIO), Fault.CANNOT_OPEN),
        (DeviceTimedOut("x"), Fault.SILENT),
        (DeviceUnavailable("x"), Fault.UNKNOWN_DEVICE),
        (DeviceError("x"), Fault.ANY),
    ],
)
def test_the_cause_behind_a_fault_is_found(error: DeviceError, fault: Fault, tmp_path: Path) -> None:
    line = tmp_path / "ttyS0"
    line.touch()
    finding = diagnose("idcard", f"sam:serial://{line}?baud=9600", error)
    assert finding.fault is fault
    assert "{" not in finding.meaning.zh + finding.step.zh + finding.meaning.en + finding.step.en


def test_a_missing_library_is_said_as_such() -> None:
    error = DeviceUnavailable("pcsc")
    error.__cause__ = ImportError("smartcard")
    assert diagnose("socialcard", "pcsc:x://y", error).fault is Fault.NO_LIBRARY


def test_permission_names_user_and_group(tmp_path: Path) -> None:
    line = tmp_path / "ttyS0"
    line.touch()
    step = diagnose("idcard", f"sam:serial://{line}", caused(errno.EACCES)).step
    assert f"usermod -aG {line.group()} {getpass.getuser()}" in step.en
    assert f"usermod -aG {line.group()} {getpass.getuser()}" in step.zh


def test_who_holds_a_port_is_found(tmp_path: Path) -> None:
    import subprocess
    import sys

    line = tmp_path / "ttyS0"
    line.touch()
    script = f"f = open({str(line)!r}); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert [f"({holder.pid})" in who for who in users_of(line)] == [True]
        holder.communicate(b"\n")
    assert users_of(line) == []
