"""Work on many messages at once, in processes of their own where there is enough of it to be worth it."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

ENOUGH = 1024 * 1024
"""Bytes of mail from which starting processes pays."""
_AHEAD = 8
"""Portions that each process may be ahead of whoever takes the results."""
_PORTION = 64
_PORTION_BYTES = 1024 * 1024
"""A portion ends with the item that reaches this, so that mails of 10 MB are not held by the hundred."""
_MOST = 4
"""Processes; the one that takes the results is busy too."""


def work(
    function: Callable[[list[T]], R],
    items: Iterable[T],
    size: int,
    weigh: Callable[[T], int],
    load: Callable[[], None] | None = None,
) -> Iterator[R]:
    """Apply a function to portions of items and yield its results in order; at most a few are held.

    `size` is how many bytes of mail there are, `weigh` tells those of an item; `load` loads what the function
    needs, so that the processes do not do so each for itself. In a process with several threads it stays in
    this one: a fork would copy their locks.
    """
    portions = _portions(items, weigh)
    crew_size = min(os.cpu_count() or 1, _MOST)
    if size < ENOUGH or crew_size < 2 or threading.active_count() > 1:
        yield from map(function, portions)
        return
    from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor

    if load is not None:
        load()
    held: deque[list[T]] = deque()
    """Portions whose results were not given out yet."""
    results: deque[Future[R]] = deque()
    with ProcessPoolExecutor(crew_size, initializer=_follow) as crew:
        try:
            for portion in portions:
                held.append(portion)
                results.append(crew.submit(function, portion))
                if len(results) >= _AHEAD * crew_size:
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


def _follow() -> None:
    """End with the process that started this one, and not by itself when Ctrl+C is pressed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _portions(items: Iterable[T], weigh: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield the items in lists that are bounded in number and, but for their last item, in bytes."""
    portion: list[T] = []
    weight = 0
    for item in items:
        portion.append(item)
        weight += weigh(item)
        if len(portion) >= _PORTION or weight >= _PORTION_BYTES:
            yield portion
            portion, weight = [], 0
    if portion:
        yield portion
