"""Processes that die and disks that fail: every system call of an operation can be its last.

`run_in_child` runs an operation in a forked process; `each_call` patches the calls that change a disk so
that the k-th of them fails, or ends the process before or in the middle of it.
"""

import contextlib
import errno
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from store.errors import StoreError
from store.file import disk
from store.file.journal import Became, FieldChange, Journal, Record
from store.file.places import StateFolder

CALLS = (
    "open", "write", "writev", "pwrite", "fsync", "ftruncate", "posix_fallocate", "replace", "rename", "link",
    "unlink", "mkdir", "close", "fchmod",
)  # fmt: skip
"""What a crash can fall between, beside `disk.exchange`."""
FALLIBLE = tuple(name for name in CALLS if name not in ("unlink", "close"))
"""What a disk can refuse. A temporary that cannot be removed stays, and is found as a leftover."""
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)

DONE, REFUSED, CRASHED, WRONG = 0, 3, 9, 1
"""How a child ends: it succeeded, raised StoreError, was stopped by us, or went wrong."""

Trip = Callable[[int, str, tuple[Any, ...]], None]


def fork() -> int:
    """Fork, in a process that may have threads of the test runner: the child touches none of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def start_child(action: Callable[[], None]) -> int:
    """Run an action in a forked process and return its id; it ends with one of the codes above."""
    child = fork()
    if child:
        return child
    signal.alarm(60)  # whatever happens to the test, no child stays behind
    code = WRONG
    try:
        action()
        code = DONE
    except StoreError:
        code = REFUSED
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(code)


def end_of(child: int) -> int:
    """Wait for a child and return its code, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run_in_child(action: Callable[[], None]) -> int:
    """Run an action in a forked process and return how it ended."""
    return end_of(start_child(action))


@contextlib.contextmanager
def watched(trip: Trip, names: tuple[str, ...] = CALLS) -> Iterator[list[str]]:
    """Call `trip(number, name, arguments)` before each of these calls; yield the names in order."""
    seen: list[str] = []
    places = [(os, name) for name in names if hasattr(os, name)] + [(disk, "exchange")]
    before = [(place, name, getattr(place, name)) for place, name in places]

    def wrapped(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watch(*arguments: Any, **options: Any) -> Any:
            seen.append(name)
            trip(len(seen) - 1, name, arguments)
            return call(*arguments, **options)

        return watch

    for place, name, call in before:
        setattr(place, name, wrapped(name, call))
    try:
        yield seen
    finally:
        for place, name, call in before:
            setattr(place, name, call)


def calls_of(action: Callable[[], object], names: tuple[str, ...] = CALLS) -> list[str]:
    """Run an action and return the calls that it made."""
    with watched(lambda number, name, arguments: None, names) as seen:
        action()
    return seen


def dying(at: int, *, halfway: bool) -> Trip:
    """Return a trip that ends the process before call `at`, or in the middle if that is a write."""
    write = os.write

    def trip(number: int, name: str, arguments: tuple[Any, ...]) -> None:
        if number == at:
            if halfway:
                _half(write, name, arguments)
            os._exit(CRASHED)

    return trip


def every_crash(prepare: Callable[[], Callable[[], object]], check: Callable[[bool], None]) -> int:
    """End a process before, and in the middle of, each call of what `prepare` returns; return how often.

    `prepare` is called anew for each; `check` is told whether the operation came to its end.
    """
    count = len(calls_of(prepare()))
    for at in range(count + 1):
        for halfway in (False, True):
            action = prepare()

            def crash(at: int = at, halfway: bool = halfway, action: Callable[[], object] = action) -> None:
                with watched(dying(at, halfway=halfway)):
                    action()

            code = run_in_child(crash)
            assert code == (CRASHED if at < count else DONE), (at, halfway)
            check(code == DONE)
    return count


def failing(at: int, code: int) -> Trip:
    """Return a trip that lets call `at` fail with an error, a write after half of its bytes."""
    write = os.write

    def trip(number: int, name: str, arguments: tuple[Any, ...]) -> None:
        if number == at:
            _half(write, name, arguments)
            raise OSError(code, os.strerror(code))

    return trip


def _half(write: Callable[[int, bytes], int], name: str, arguments: tuple[Any, ...]) -> None:
    if name in ("write", "writev"):
        data = b"".join(arguments[1]) if name == "writev" else bytes(arguments[1])
        write(arguments[0], data[: len(data) // 2])


def a_state(folder: Path) -> StateFolder:
    """Make the state folder of `folder/ringback.json`."""
    return StateFolder.of(folder / "ringback.json", folder / "state")


def a_record(sequence: int, *, size: int = 200, time: int = 0, action: str = "Done") -> Record:
    """Make a record that changes one field of one message."""
    document = b'{"k":"test","read":true,"body":"' + b"x" * size + b'"}'
    change = FieldChange("messages", str(sequence), "read", True, b"false", "", f"n.{sequence}.1", False)
    became = (Became("messages", str(sequence), document),)
    return Record(sequence, "node0001", time, action, "do", 0, 0, became, (change,))


def append(journal: Journal, count: int = 1, *, time: int = 0, size: int = 200) -> list[int]:
    """Append records, each acknowledged, and return their sequences."""
    made = []
    for _ in range(count):
        with journal.lock():
            sequence = journal.last_sequence + 1
            journal.append(a_record(sequence, time=time, size=size))
        made.append(sequence)
    return made


def sequences(state: StateFolder) -> list[int]:
    """Return the sequences that a new reader finds."""
    return [record.sequence for record in Journal(state).tail().records]
