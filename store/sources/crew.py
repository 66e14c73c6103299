"""Work on many messages at once, in processes of their own where there is enough of it to be worth it."""

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from multiprocessing.context import BaseContext
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

ENOUGH = 1024 * 1024
"""Bytes of mail from which starting processes pays."""
_AHEAD = 8
"""Portions that each process may be ahead of whoever takes the results."""
_BYTES_AHEAD = 32 * 1024 * 1024
"""Bytes in all portions that are ahead, so that mails of 20 MB are not held by the dozen."""
_PORTION = 128
PORTION_BYTES = 384 * 1024
"""A portion ends with the item that reaches this."""
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
    needs, so that processes that are forked do not do so each for itself. A single portion stays in this
    process, and so does everything where it has several threads: a fork would copy their locks. An error of
    `items` is raised once the results of all that came before it were given out.
    """
    problems: list[Exception] = []
    portions: Iterator[tuple[list[T], int]] = _portions(_until_it_breaks(items, problems), weigh)
    crew_size = min(os.cpu_count() or 1, _MOST)
    is_shared = size >= ENOUGH and crew_size > 1 and threading.active_count() == 1
    if is_shared:
        is_shared, portions = _are_several(portions)
    if is_shared:
        if load is not None:
            load()
        yield from _shared(function, portions, crew_size)
    else:
        yield from (function(portion) for portion, _ in portions)
    if problems:
        raise problems[0]


def _context() -> BaseContext:
    """Return how processes are started: forked where that is safe without threads, as it is much quicker."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else None)


def _are_several(items: Iterator[T]) -> tuple[bool, Iterator[T]]:
    """Tell whether there is more than one item, and return them all."""
    begun = list(islice(items, 2))
    return len(begun) > 1, chain(begun, items)


def _shared(
    function: Callable[[list[T]], R], portions: Iterator[tuple[list[T], int]], crew_size: int
) -> Iterator[R]:
    """Yield the results that processes come to; what they leave, as one was killed, is done here."""
    from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor

    held: deque[tuple[list[T], int]] = deque()
    """Portions whose results were not given out yet, and their bytes."""
    results: deque[Future[R]] = deque()
    ahead = 0
    with ProcessPoolExecutor(crew_size, _context(), initializer=_follow) as crew:
        try:
            for portion, weight in portions:
                held.append((portion, weight))
                ahead += weight
                results.append(crew.submit(function, portion))
                while results and (len(results) >= _AHEAD * crew_size or ahead > _BYTES_AHEAD):
                    yield results.popleft().result()
                    ahead -= held.popleft()[1]
            while results:
                yield results.popleft().result()
                held.popleft()
        except BrokenExecutor:
            pass
        finally:
            crew.shutdown(wait=True, cancel_futures=True)
    yield from (function(portion) for portion, _ in chain(held, portions))


def _until_it_breaks(items: Iterable[T], problems: list[Exception]) -> Iterator[T]:
    """Yield items; where they end with an error, keep it for later."""
    try:
        yield from items
    except Exception as error:
        problems.append(error)


def _follow() -> None:
    """End with the process that started this one, and not by itself when Ctrl+C is pressed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _portions(items: Iterable[T], weigh: Callable[[T], int]) -> Iterator[tuple[list[T], int]]:
    """Yield the items in lists that are bounded in number and, but for their last item, in bytes.

    With each list come its bytes.
    """
    portion: list[T] = []
    weight = 0
    for item in items:
        portion.append(item)
        weight += weigh(item)
        if len(portion) >= _PORTION or weight >= PORTION_BYTES:
            yield portion, weight
            portion, weight = [], 0
    if portion:
        yield portion, weight
