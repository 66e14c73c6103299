"""Replacing the published file, beside programs that replace it too.

The file may be swapped at any moment by whatever syncs it. A version that goes away was merged, or it is
kept and handed back: the exchange of two names is one step, and what came out can be looked at afterwards.
"""

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from store.errors import FileError, NotPublishedError
from store.file import disk
from store.file.journal import Position
from store.file.places import StateFolder

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)
_FIXED = (errno.EBUSY, errno.EXDEV)  # a single file that is mounted in its place cannot be renamed over
_COPY = 1 << 20


class ChangedError(Exception):
    """The file is not the one that was merged: merge again, then replace."""


class Signature(msgspec.Struct, frozen=True, array_like=True):
    """What tells a version of a file from the next without reading it; times in nanoseconds."""

    inode: int
    ctime: int
    mtime: int
    size: int

    def is_same_file(self, other: "Signature | None") -> bool:
        """Whether both are one version, be it under another name: a rename changes only `ctime`."""
        return other is not None and (self.inode, self.mtime, self.size) == (
            other.inode,
            other.mtime,
            other.size,
        )


class Replaced(NamedTuple):
    """How a replacement went."""

    signature: Signature
    displaced: Path | None
    """A version that was not the expected one, kept: merge it, remove it, publish again."""


class Published(msgspec.Struct, frozen=True):
    """What was last published, and the place in the journal that it reaches to."""

    signature: Signature
    position: Position


def signature(path: Path) -> Signature | None:
    """Return the signature of the file at this path, links followed; None where there is none.

    Raises FileError where the system does not say.
    """
    try:
        return _there(path)
    except OSError as error:
        raise FileError(
            f"The data file {path} cannot be reached: {disk.reason(error)}.",
            "Name another with --file or RINGBACK_FILE.",
        ) from error


def replace(path: Path, chunks: Iterable[disk.Chunk], expected: Signature | None) -> Replaced:
    """Put these bytes in the place of the version with the signature `expected` (None: of no file).

    Durable on return. A symlink stays one. Raises ChangedError where another version is there, and
    NotPublishedError where the file cannot be written; either way no temporary stays, and the file is as it
    was or, where only the last step failed, whole and new. Two exceptions keep the temporary as a leftover:
    a file that had to be written in place and is half written (the temporary is whole), and a version that
    came out unmerged before the last step failed. Hold the publish lock.
    """
    try:
        real = Path(os.path.realpath(path))
        temporary = disk.temporary_beside(real)
        descriptor = disk.create(temporary)
        try:
            return _replace(real, temporary, descriptor, chunks, expected)
        except _HalfWrittenError as error:
            raise error.reason from error
        except BaseException:
            _discard(temporary, descriptor, expected)
            raise
        finally:
            os.close(descriptor)
    except OSError as error:
        raise NotPublishedError(
            f"{path} could not be written: {disk.reason(error)}.",
            f"The change is kept on this machine, do not repeat it. {disk.remedy(error)}".rstrip(),
        ) from error


def put_back(path: Path, displaced: Path) -> Signature | None:
    """Give a version that came out of an exchange its place again.

    Returns what came out this time and lies where the other lay; None where there can be no exchange.
    """
    real = Path(os.path.realpath(path))
    with suppress(OSError):
        if disk.exchange(displaced, real):
            disk.sync_folder(real.parent)
            return _there(displaced)
    return None


def leftovers(path: Path) -> list[Path]:
    """Return the temporaries that a crash left beside this file, to be merged before they are removed.

    One may hold the version that another program wrote. Hold the publish lock: they might be in use.
    """
    real = Path(os.path.realpath(path))
    try:
        return sorted(found for found in real.parent.iterdir() if _is_ours(found.name, real.stem))
    except OSError:
        return []


def read_published(state: StateFolder) -> Published | None:
    """Return what was last published from here; None where that is not known."""
    try:
        return msgspec.json.decode(state.published.read_bytes(), type=Published)
    except (OSError, msgspec.DecodeError):
        return None


def write_published(state: StateFolder, published: Published) -> None:
    """Note what was published. Neither forced to the disk nor reported: a lost note costs one merge."""
    with suppress(OSError):
        disk.write_whole(state.published, [msgspec.json.encode(published)], durable=False)


class _HalfWrittenError(Exception):
    """The file itself may be half written; the temporary is whole."""

    def __init__(self, reason: OSError) -> None:
        super().__init__()
        self.reason = reason


def _replace(
    real: Path, temporary: Path, descriptor: int, chunks: Iterable[disk.Chunk], expected: Signature | None
) -> Replaced:
    disk.write_all(descriptor, chunks)
    disk.sync(descriptor)
    if _there(real) != expected:
        raise ChangedError
    if expected is None:
        _put_first(temporary, real)
        came_out = None
    else:
        try:
            came_out = _swap(temporary, real, expected)
        except OSError as error:
            if error.errno not in _FIXED:
                raise
            return Replaced(_write_in_place(real, descriptor, expected, temporary), None)
    disk.sync_folder(real.parent)
    if came_out is None or expected is None or came_out.is_same_file(expected):
        disk.remove(temporary)
        return Replaced(signature_of(os.fstat(descriptor)), None)
    return Replaced(signature_of(os.fstat(descriptor)), temporary)


def _put_first(temporary: Path, real: Path) -> None:
    """Give the file its name unless another program has just made one; the temporary's name may stay."""
    try:
        try:
            os.link(temporary, real)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if real.exists():
                raise ChangedError from None
            temporary.rename(real)
    except FileExistsError:
        raise ChangedError from None


def _swap(temporary: Path, real: Path, expected: Signature) -> Signature | None:
    """Exchange the names and return what came out, now at the temporary; None where it was replaced."""
    try:
        if disk.exchange(temporary, real):
            return _there(temporary)
    except FileNotFoundError:
        raise ChangedError from None
    if _there(real) != expected:
        raise ChangedError
    temporary.replace(real)
    return None


def _write_in_place(real: Path, source: int, expected: Signature, temporary: Path) -> Signature:
    """Copy the temporary over a file that cannot be renamed over."""
    target = os.open(real, os.O_WRONLY | os.O_CLOEXEC)
    try:
        about = os.fstat(target)
        if signature_of(about) != expected:
            raise ChangedError
        size = os.fstat(source).st_size
        _reserve(target, size, about.st_size)
        try:
            offset = 0
            while piece := os.pread(source, _COPY, offset):
                offset += os.pwrite(target, piece, offset)
            os.ftruncate(target, size)
            disk.sync(target)
        except OSError as error:
            raise _HalfWrittenError(error) from error
        disk.remove(temporary)
        return signature_of(os.fstat(target))
    finally:
        os.close(target)


def _reserve(target: int, size: int, old_size: int) -> None:
    """Take the space first, where the system can: to run out of it half-way would spoil the file."""
    if size <= old_size or not hasattr(os, "posix_fallocate"):
        return
    try:
        os.posix_fallocate(target, 0, size)
    except OSError as error:
        os.ftruncate(target, old_size)
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP):
            raise


def _there(path: Path) -> Signature | None:
    try:
        return signature_of(path.stat())
    except (FileNotFoundError, NotADirectoryError):
        return None


def signature_of(about: os.stat_result) -> Signature:
    """Return the signature of a file that was looked at."""
    return Signature(about.st_ino, about.st_ctime_ns, about.st_mtime_ns, about.st_size)


def _discard(temporary: Path, descriptor: int, expected: Signature | None) -> None:
    """Remove the temporary, unless a version lies there by now that was not merged."""
    with suppress(OSError):
        there = signature_of(temporary.stat())
        if there.inode == os.fstat(descriptor).st_ino or there.is_same_file(expected):
            disk.remove(temporary)


def _is_ours(name: str, stem: str) -> bool:
    start, end = f".~{stem}.", ".tmp"
    middle = name[len(start) : -len(end)]
    return name == start + middle + end and len(middle) == 16 and not set(middle) - set("0123456789abcdef")
