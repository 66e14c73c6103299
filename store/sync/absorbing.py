"""Absorbing conflict copies: merged, published, proven to be contained, their bytes kept, then removed.

A copy is never written to. It is removed only where its syncer's copies may be, only while it is the version
that was absorbed, and ten minutes later, so that other machines had the time to see it.
"""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from store.clock import MINUTE, now
from store.errors import FileError, ReadOnlyError
from store.file import absorb, arrivals, disk, publish
from store.file.codec import META
from store.file.lines import Lines, parse_any
from store.file.merge import merge_states
from store.file.meta import Meta, read_meta
from store.file.published_file import PublishedFile
from store.file.stamps import Stamp
from store.file.state import State
from store.sync.copies import QUIET, Copy, Notes, beside

_REMOVED_AFTER = 10 * MINUTE
_NOBODY = Stamp("nobody", 0, 0)
"""Stands where a stamp is asked for and nothing is kept of what is made with it."""


class Absorbed(NamedTuple):
    """What became of the copies in the folder."""

    merged: tuple[Path, ...] = ()
    documents: int = 0
    """How many documents the merged ones changed."""
    removed: tuple[Path, ...] = ()
    removable: tuple[Path, ...] = ()
    """Contained in the data file, and left for the user to remove."""
    waiting: tuple[Path, ...] = ()
    """Still being written, it seems."""
    failed: tuple[tuple[Path, str], ...] = ()
    """Those that cannot be merged, each with the reason."""

    def joined(self, later: "Absorbed") -> "Absorbed":
        """Return both as one report; what was found later stands for what is left."""
        return later._replace(
            merged=tuple(dict.fromkeys((*self.merged, *later.merged))),
            documents=self.documents + later.documents,
            removed=tuple(dict.fromkeys((*self.removed, *later.removed))),
        )


class Absorber:
    """Looks after the conflict copies beside one data file."""

    def __init__(self, state: State, file: PublishedFile) -> None:
        self._state = state
        self._file = file

    def copies(self) -> list[Copy]:
        """Return the copies that lie in the folder, absorbed or not; a look at names where nothing is new."""
        return beside(self._state.path, self._state.folder, self._meta)

    def is_needed(self) -> bool:
        """Tell whether a copy is to be merged, or may be removed by now."""
        return any((each.waits and each.is_quiet) or _is_overdue(each) for each in self.copies())

    def absorb(self, *, wait: float = 0.0, remove: bool = False, again: bool = False) -> Absorbed:
        """Merge the copies that nobody is writing to, and remove those that may be removed.

        `wait` is for how many seconds to wait for one that is being written; `remove` does not wait for the
        ten minutes; `again` tries those, too, that could not be merged before. Raises NotPublishedError where
        the data file cannot be written: nothing counts as absorbed then.
        """
        found = self._settled(wait)
        pending = [each for each in found if each.waits or (again and not each.is_absorbed)]
        documents, merged = 0, list[Copy]()
        failed: list[tuple[Path, str]] = []
        for copy in filter(lambda each: each.is_quiet, pending):
            try:
                documents += self._merge(copy)
                merged.append(copy)
            except FileError as error:
                failed.append((copy.path, error.sentence))
        if pending:
            self._file.write()
        proven, unproven = self._prove(merged)
        failed += [(path, "Not all that it holds is in the data file yet.") for path in unproven]
        removed, left = self._remove(self.copies(), at_once=remove)
        waiting = tuple(each.path for each in pending if not each.is_quiet)
        return Absorbed(tuple(proven), documents, tuple(removed), tuple(left), waiting, tuple(failed))

    @property
    def _meta(self) -> Meta:
        return read_meta(self._state.documents.raw(META, 1))

    def _settled(self, wait: float) -> list[Copy]:
        """Return the copies, after those that are being written have come to rest, or time is over."""
        end = time.monotonic() + wait
        while True:
            found = self.copies()
            if all(each.is_quiet or not each.waits for each in found) or time.monotonic() >= end:
                return found
            time.sleep(QUIET / 4)

    def _merge(self, copy: Copy) -> int:
        """Merge a copy into the state, its bytes kept, and return how many documents that changed.

        Raises FileError where it cannot be, or not whole: then it stays.
        """
        state = self._state
        found = absorb.found_at(copy.path)
        if found is None or found.signature != copy.signature:
            raise FileError(f"{copy.path.name} is being written.", "It is merged when that has ended.")
        kept = absorb.keep_aside(state.folder, copy.path, found.raw)
        try:
            with state.guard, state.journal.lock():
                state.fold()
                changed = arrivals.take_copy(state, copy.path, found)
            state.journal.sync()
        except (arrivals.NotOursError, ReadOnlyError):
            Notes(state.folder).keep(copy, "kept", now())
            raise
        if found.damage:
            Notes(state.folder).keep(copy, "kept", now())
            raise FileError(
                f"{copy.path.name} is damaged: {found.damage}. What could be read of it is merged.",
                f"Its bytes are kept in {kept}.",
            )
        return changed

    def _prove(self, merged: Sequence[Copy]) -> tuple[list[Path], list[Path]]:
        """Look into the written file for everything that the copies hold; note those that it contains."""
        if not merged:
            return [], []
        notes = Notes(self._state.folder)
        published = parse_any(absorb.read(self._state.path))
        proven, unproven = [], []
        for copy in merged:
            found = absorb.found_at(copy.path)
            same = found is not None and found.signature == copy.signature
            if found is not None and same and all(_holds(published, each) for each in found.states):
                notes.keep(copy, "absorbed", now())
                proven.append(copy.path)
            else:
                unproven.append(copy.path)
        return proven, unproven

    def _remove(self, found: Iterable[Copy], *, at_once: bool) -> tuple[list[Path], list[Path]]:
        """Remove absorbed copies where that is allowed; return those, and those left for the user."""
        removed, left = [], []
        for copy in found:
            if not copy.is_absorbed:
                continue
            allowed = not copy.service.keep if at_once else _is_overdue(copy)
            if allowed and publish.signature(copy.path) == copy.signature:
                disk.remove(copy.path)
                disk.sync_folder(copy.path.parent)
            if copy.path.exists():
                left += [] if copy.service.removes and not at_once else [copy.path]
            else:
                Notes(self._state.folder).drop(copy.path.name)
                removed.append(copy.path)
        return removed, left


def _is_overdue(copy: Copy) -> bool:
    """Whether an absorbed copy has lain long enough, and is of a syncer whose copies may be removed."""
    return (
        copy.seen is not None
        and copy.is_absorbed
        and copy.service.removes
        and not 0 <= now() - copy.seen.at < _REMOVED_AFTER
    )


def _holds(published: Lines, copy: Lines) -> bool:
    """Tell whether merging a copy would change nothing."""
    from store.file.foreign import adopt

    return not merge_states(published, adopt(published, copy, _NOBODY))


def sentences(absorbed: Absorbed) -> list[str]:
    """Say what became of the copies, in a sentence each kind."""
    found = []
    if absorbed.merged:
        many, count = len(absorbed.merged), absorbed.documents
        copies = "A conflict copy was" if many == 1 else f"{many} conflict copies were"
        news = "nothing new in it" if not count else "1 document" if count == 1 else f"{count} documents"
        found.append(f"{copies} merged: {news}.")
    fresh = [path.name for path in absorbed.removable if path in absorbed.merged]
    if fresh:
        found.append(f"Safe to remove: {', '.join(fresh)}.")
    found += [reason for _, reason in absorbed.failed]
    return found
