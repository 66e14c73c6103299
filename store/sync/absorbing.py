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
from store.file.lines import Lines
from store.file.merge import merge_states
from store.file.meta import Meta, read_meta
from store.file.published_file import PublishedFile
from store.file.stamps import Stamp
from store.file.state import State
from store.sync.copies import QUIET, Copy, Notes, Verdict, beside, strangers

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
    held: tuple[Path, ...] = ()
    """Contained too, and never to be removed: that would remove the file on other machines."""
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
        return beside(self._state.path, self._notes(), self._meta)

    def strangers(self) -> list[Path]:
        """Return what is named as a conflict copy and is of no use here."""
        return [each.path for each in strangers(self._state.path, self._notes())]

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
        documents, merged, failed = self._merge_all([each for each in pending if each.is_quiet])
        if pending:
            self._file.write()
        proven, unproven = self._prove(merged)
        failed += [(path, "Not all that it holds is in the data file yet.") for path in unproven]
        removed, left, held = self._remove(
            [each for each in self.copies() if each.is_absorbed], at_once=remove
        )
        waiting = tuple(each.path for each in pending if not each.is_quiet)
        return Absorbed(tuple(proven), documents, removed, left, held, waiting, tuple(failed))

    @property
    def _meta(self) -> Meta:
        return read_meta(self._state.documents.raw(META, 1))

    def _notes(self) -> Notes:
        return Notes(self._state.folder, self._meta)

    def _merge_all(self, copies: Iterable[Copy]) -> tuple[int, list[Copy], list[tuple[Path, str]]]:
        """Merge copies; return how many documents that changed, those merged, and those that cannot be."""
        documents, merged, failed = 0, list[Copy](), list[tuple[Path, str]]()
        for copy in copies:
            try:
                documents += self._merge(copy)
                merged.append(copy)
            except FileError as error:
                failed.append((copy.path, error.sentence))
        return documents, merged, failed

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
            self._note(copy, "kept")
            raise
        if found.damage:
            self._note(copy, "kept")
            raise FileError(
                f"{copy.path.name} is damaged: {found.damage}. What could be read of it is merged.",
                f"Its bytes are kept in {kept}.",
            )
        return changed

    def _note(self, copy: Copy, verdict: Verdict) -> None:
        notes = self._notes()
        notes.keep(copy, verdict, now())
        notes.save()

    def _prove(self, merged: Sequence[Copy]) -> tuple[list[Path], list[Path]]:
        """Look into the written file for everything that the copies hold; note those that it contains."""
        proven, unproven = [], []
        published = self._published() if merged else None
        for copy in merged:
            if published is not None and _is_contained(copy, copy.path, published):
                self._note(copy, "absorbed")
                proven.append(copy.path)
            else:
                unproven.append(copy.path)
        return proven, unproven

    def _published(self) -> Lines | None:
        """Read the data file as it lies there; None where it is missing, damaged or behind."""
        found = absorb.found_at(self._state.path)
        whole = found is not None and not found.damage and not self._file.is_behind
        return found.states[0] if found is not None and whole else None

    def _remove(
        self, absorbed: Iterable[Copy], *, at_once: bool
    ) -> tuple[tuple[Path, ...], tuple[Path, ...], tuple[Path, ...]]:
        """Remove absorbed copies where that is allowed; return those, those left to the user, those held."""
        removed, left, held = [], [], []
        for copy in absorbed:
            removal = copy.service.removal
            asked = at_once and removal in ("itself", "asked")
            if (asked or _is_overdue(copy)) and self._take_away(copy):
                removed.append(copy.path)
            elif removal == "never":
                held.append(copy.path)
            elif removal in ("asked", "told") or asked:
                left.append(copy.path)
        return tuple(removed), tuple(left), tuple(held)

    def _take_away(self, copy: Copy) -> bool:
        """Remove a copy that the data file is seen to contain now; False where it stays.

        It is moved to a name of ours first, so that what is looked at is what is removed. A crash leaves a
        temporary, which the next opening merges.
        """
        published = self._published()
        if published is None or publish.signature(copy.path) != copy.signature:
            return False
        aside = disk.temporary_beside(copy.main)
        try:
            copy.path.rename(aside)
            if _is_contained(copy, aside, published):
                aside.unlink()
                disk.sync_folder(aside.parent)
                return True
            if not copy.path.exists():
                aside.rename(copy.path)
        except OSError:
            pass
        return False


def _is_contained(copy: Copy, path: Path, published: Lines) -> bool:
    """Tell whether the version that was looked at lies there, and merging it would change nothing."""
    found = absorb.found_at(path)
    if found is None or found.damage or not copy.signature.is_same_file(found.signature):
        return False
    return all(holds(published, each) for each in found.states)


def _is_overdue(copy: Copy) -> bool:
    """Whether an absorbed copy has lain long enough, and is of a syncer whose copies may be removed."""
    return (
        copy.seen is not None
        and copy.is_absorbed
        and copy.service.removal == "itself"
        and not 0 <= now() - copy.seen.at < _REMOVED_AFTER
    )


def holds(published: Lines, copy: Lines) -> bool:
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
