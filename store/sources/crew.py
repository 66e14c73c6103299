"""Work on many messages at once, in processes of their own where there is enough of it to be worth it."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

ENOUGH = 8 * 1024 * 1024
"""Bytes of mail from which starting processes pays."""
_AHEAD = 3
"""Portions that each process may be ahead of whoever takes the results."""
_PORTION = 64
_MOST = 4
"""Processes; the one that takes the results is busy too."""


def work(function: Callable[[list[T]], R], items: Iterable[T], size: int) -> Iterator[R]:
    """Apply a function to portions of items and yield its results in order; at most a few are held.

    `size` is how many bytes of mail there are. In a process with several threads it stays in this one:
    a fork would copy their locks.
    """
    source = iter(items)
    portions = iter(lambda: list(islice(source, _PORTION)), [])
    cores = os.cpu_count() or 1
    if size < ENOUGH or cores < 2 or threading.active_count() > 1:
        yield from map(function, portions)
        return
    from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor

    held: deque[list[T]] = deque()
    """Portions whose results were not given out yet."""
    results: deque[Future[R]] = deque()
    with ProcessPoolExecutor(min(cores, _MOST)) as crew:
        try:
            for portion in portions:
                held.append(portion)
                results.append(crew.submit(function, portion))
                if len(results) >= _AHEAD * cores:
                    yield results.popleft().result()
                    held.popleft()
            while results:
                yield results.popleft().result()
                held.popleft()
        except BrokenExecutor:
            pass  # a process was killed: what it left is done here
        finally:
            crew.shutdown(wait=True, cancel_futures=True)
    yield from map(function, held)
    yield from map(function, portions)
