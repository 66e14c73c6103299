"""The system calls that everything durable here is made of, each in one place.

Folders are made 0700 and files 0600, unless a file is said to be public. Nothing in here decides anything;
errors come out as OSError.
"""

import errno
import fcntl
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

Chunk = bytes | bytearray | memoryview
_BATCH = 1000  # below IOV_MAX, which is 1,024 on Linux and macOS
_PUBLIC = 0o644
_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM)
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS
_RENAMEAT2 = {"x86_64": 316, "aarch64": 276}  # for a libc that has no name for the call
_HERE = -100  # AT_FDCWD: paths are meant from the working folder


def reason(error: OSError) -> str:
    """Say why a call failed, in the system's words."""
    return error.strerror or str(error) or type(error).__name__


def remedy(error: OSError) -> str:
    """Say what a person can do about it, or nothing."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Free some space."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "Make the folder and the file writable for you."
    if error.errno == errno.EIO:
        return "The disk reports an error: copy your data to another one soon."
    return ""


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, and those above it that are missing; durably."""
    if folder.is_dir():
        return
    private_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(0o700)
    sync_folder(folder.parent)


def create(path: Path) -> int:
    """Create a file that only its owner may read, and return its descriptor; it must not exist yet."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def write_all(descriptor: int, chunks: Iterable[Chunk]) -> int:
    """Write all chunks, a thousand to a call; return how many bytes that were."""
    source = iter(chunks)
    total = 0
    while batch := list(islice(source, _BATCH)):
        total += _write_batch(descriptor, batch)
    return total


def _write_batch(descriptor: int, batch: Sequence[Chunk]) -> int:
    total = sum(map(len, batch))
    left = total - os.writev(descriptor, batch)
    if left:  # a disk that is nearly full, or more than 2 GB: the rest in one piece
        rest = memoryview(b"".join(batch))[total - left :]
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    return total


def sync(descriptor: int) -> None:
    """Return when what was written to this file is on the disk itself."""
    if sys.platform == "darwin":
        try:  # fsync reaches only the drive's own cache on macOS
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
                raise
        else:
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Return when the names in this folder are on the disk; some file systems have no such call."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except PermissionError:
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def write_whole(
    path: Path, chunks: Iterable[Chunk], *, durable: bool = True, is_public: bool = False
) -> None:
    """Replace a file of the state folder in one step: a reader or a crash sees the old or the new bytes.

    Only its owner may read it, unless it `is_public`. Raises OSError with the old file as it was and no
    temporary left. Not for the published file, which others may replace at the same time: that is
    `publish.replace`.
    """
    temporary = temporary_beside(path)
    try:
        descriptor = create(temporary)
        try:
            if is_public:
                with suppress(PermissionError):  # not every mount lets a file have a mode
                    os.fchmod(descriptor, _PUBLIC)
            write_all(descriptor, chunks)
            if durable:
                sync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
    except BaseException:
        remove(temporary)
        raise
    if durable:
        sync_folder(path.parent)


def temporary_beside(path: Path) -> Path:
    """Return a new name for a temporary of this file, in the same folder."""
    return path.with_name(f".~{path.stem}.{os.urandom(8).hex()}.tmp")


def remove(path: Path) -> None:
    """Remove a file if it can be; what stays is found again as a leftover."""
    with suppress(OSError):
        path.unlink()


def exchange(one: Path, other: Path) -> bool:
    """Swap two files' names in one step; False where the system or the file system cannot.

    Raises OSError as a rename does.
    """
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, first, _HERE, second, _EXCHANGE)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(first, second, _EXCHANGE)
    elif sys.platform == "linux" and os.uname().machine in _RENAMEAT2:
        number = ctypes.c_long(_RENAMEAT2[os.uname().machine])
        failed = library.syscall(number, _HERE, first, _HERE, second, ctypes.c_uint(_EXCHANGE))
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM):
        return False
    raise OSError(code, os.strerror(code), str(other))
