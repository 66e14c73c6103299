"""The published file: opened where it is ours, merged where it is not, and written so that nothing is lost.

As long as the file that lies there is the one last written from here, it and the rest of the journal are
all there is. Everything else that lies there came from elsewhere.
"""

import time
from pathlib import Path

from store.errors import FileError, NotPublishedError, ReadOnlyError, StoreError
from store.file import absorb, arrivals, disk, publish
from store.file.codec import META, Key, encode_document, encode_state, new_meta
from store.file.lines import Lines
from store.file.locking import BusyError, Held, lock
from store.file.meta import meta_of
from store.file.publish import Published, Signature
from store.file.state import State, newer_sentence
from store.ids import random_key

_RENAME_WAIT = 2.0
"""Seconds for which a missing file may be a rename in progress."""
_ATTEMPTS = 20
"""How often writing tries again after somebody else replaced the file meanwhile."""
_REBASE = 2_000
"""Changed documents over which the bytes under them are joined anew."""
_RECREATE = "Put the file back, or write it anew with ringback doctor --recreate."


class PublishedFile:
    """The file that is synced, for one state; one process at a time writes it, under a lock."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._path = state.path
        self._folder = state.folder
        self._is_missing = False
        """Whether the file was waited for in vain, and has not been seen since."""

    # Opening

    def open(self, *, create: bool) -> None:
        """Fill the state from the file where it is ours, else merge what there is. Raises FileError."""
        if self._open_ours():
            return
        with lock(self._folder.publish_lock):
            # Somebody here may have been publishing just now.
            if not self._open_ours():
                self._recover(create=create)

    def _open_ours(self) -> bool:
        published = publish.read_published(self._folder)
        here = publish.signature(self._path)
        if published is None or here != published.signature or publish.leftovers(self._path):
            return False
        data = absorb.read(self._path)
        if publish.signature(self._path) != here:
            return False
        return self._state.begin(Lines(data), published.position)

    def _recover(self, *, create: bool) -> None:
        """Merge what lies there with what this machine knows. Under the publish lock."""
        state = self._state
        with state.guard, state.journal.lock():
            known = state.reload()
            found = absorb.found_at(self._path)
            if found is None and publish.read_published(self._folder) is not None:
                found = self._wait_for_rename()
                self._is_missing = found is None
            if found is None:
                self._begin(known=known, create=create)
                return
            if not known:
                self._adopt(found)
            if state.read_only:
                return
            try:
                arrivals.take(state, self._path, found)
            except ReadOnlyError as error:
                state.read_only = f"{error.sentence} What is shown is what this machine knew before."
                return
            if known:
                self._tell_what_it_lacked(found)
            for left in publish.leftovers(self._path):
                arrivals.take_leftover(state, left)
        self._settle(found)

    def _tell_what_it_lacked(self, found: absorb.Found) -> None:
        """Say how much of what had been published a version does not hold; it is there again by now."""
        from store.file.merge import merge_states

        state, published = self._state, publish.read_published(self._folder)
        if found.damage or published is None:
            return
        unpublished = {
            (each.table, each.key)
            for record in state.journal.tail(published.position).records
            for each in record.became
        }
        lacked = [
            key
            for table, made in merge_states(found.states[0], state.joined()).items()
            for key in made
            if table not in arrivals.UNCOUNTED and (table, str(key)) not in unpublished
        ]
        if lacked:
            documents = "a document" if len(lacked) == 1 else f"{len(lacked)} documents"
            state.told.append(
                f"The data file had lost {documents}, or what was newest in them; everything is there again."
            )

    def _wait_for_rename(self) -> absorb.Found | None:
        end = time.monotonic() + _RENAME_WAIT
        while time.monotonic() < end:
            time.sleep(0.05)
            if (found := absorb.found_at(self._path)) is not None:
                return found
        return None

    def _begin(self, *, known: bool, create: bool) -> None:
        """There is no file: begin one, or go on with what this machine knows."""
        state = self._state
        if not self._path.parent.is_dir() and (known or create):
            raise FileError(
                f"The folder {self._path.parent} does not exist.",
                "Mount it or make it, or name another file with --file.",
            )
        if known:
            if publish.read_published(self._folder) is not None:
                state.told.append(
                    f"The data file {self._path} is missing; this machine's own copy is shown. {_RECREATE}"
                )
            return
        if not create:
            raise FileError(
                f"There is no data file {self._path} yet.",
                "ringback add and ringback pull make it, ringback demo shows an example.",
            )
        meta = encode_document(new_meta(random_key().removeprefix("r:")))
        new = Lines(b"".join(encode_state({META: {1: meta}})))
        state.write_shadow([state.with_journal(new).data])
        state.reload()

    def _adopt(self, found: absorb.Found) -> None:
        """This machine knows nothing yet: what lies there is the state, if it is one of ours."""
        if found.damage:
            raise FileError(
                f"The data file {self._path} is damaged: {found.damage}.",
                f"Nothing was changed. {self._way_back()}",
            )
        if meta_of(found.states[0]).app != "ringback":
            raise FileError(
                f"{self._path} is not a Ringback data file.",
                "Name another file with --file, or move this one away.",
            )
        from store.file.foreign import at_home

        # What another program added is told by its id from what is known, and here nothing is.
        there = at_home(Lines(), found.states[0])
        # The journal may hold what was never published, although its shadow went away.
        self._state.write_shadow([self._state.with_journal(there).data])
        self._state.reload()

    def _way_back(self) -> str:
        from shlex import quote

        from store.file.backups import newest_backup

        newest = newest_backup(self._folder)
        if newest is None:
            return "Put back a copy from another machine, or from a backup of your own."
        backup, file = quote(str(newest.path)), quote(str(self._path))
        return f"The newest backup is of {newest.day}: gunzip -c {backup} > {file}"

    def _settle(self, found: absorb.Found) -> None:
        """After a merge: write the file if the bytes differ, else remember that it is ours."""
        state = self._state
        state.journal.sync()
        with state.guard, state.journal.lock():
            state.fold()
            joined = state.joined()
            state.documents.replace(joined)
            state.refresh_shadow()
        version = found.signature
        if joined.data == found.raw and version is not None and publish.signature(self._path) == version:
            publish.write_published(self._folder, Published(version, state.position))
        else:
            self._write(merged=version)

    # Writing

    @property
    def is_behind(self) -> bool:
        """Whether the journal holds more than the file."""
        return not self._holds(publish.read_published(self._folder))

    def _holds(self, published: Published | None) -> bool:
        position = self._state.position
        return (
            published is not None
            and not self._state.adrift
            and published.position.identity == position.identity
            and published.position.sequence >= position.sequence
        )

    @property
    def is_missing(self) -> bool:
        """Whether there is no file although one was written from here."""
        known = publish.read_published(self._folder) is not None
        return known and publish.signature(self._path) is None

    def is_replaced(self) -> bool:
        """Tell whether another program has put a file in its place."""
        published = publish.read_published(self._folder)
        return published is not None and publish.signature(self._path) not in (published.signature, None)

    def write(self, *, recreate: bool = False) -> None:
        """Write the state to the file, merging what another program put there.

        Raises NotPublishedError where that cannot be done; everything is in the journal then.
        """
        with self._lock():
            try:
                self._write(recreate=recreate)
            except (BusyError, FileError) as error:
                raise _kept(error) from error

    def _lock(self) -> Held:
        try:
            return lock(self._folder.publish_lock)
        except StoreError as error:
            raise _kept(error) from error

    def _write(self, *, recreate: bool = False, merged: Signature | None = None) -> None:
        """Write under the publish lock; `merged` is the version there that the state holds already."""
        state = self._state
        for _ in range(_ATTEMPTS):
            with state.guard:
                state.fold()
            if state.adrift:
                self._moor()
            with state.guard:
                position = state.position
                base, over = state.documents.base, state.documents.over()
            published = publish.read_published(self._folder)
            here = publish.signature(self._path)
            self._is_missing = self._is_missing and here is None
            if here is None:
                if published is not None and not recreate and self._comes_back():
                    continue
                self._check_missing(published, recreate=recreate)
            elif published is not None and here == published.signature:
                if self._holds(published):
                    return
            elif here != merged:
                found = self._merge_there()
                if found is not None and self._is_all(found):
                    return
                merged = found.signature if found is not None else None
                continue
            state.journal.sync()
            try:
                replaced = publish.replace(self._path, base.splice(over), here)
            except publish.ChangedError:
                continue
            if replaced.displaced is not None:
                self._merge_displaced(replaced.displaced, replaced.signature)
                merged = replaced.signature
                continue
            publish.write_published(self._folder, Published(replaced.signature, position))
            self._rebase(base, over)
            return
        raise NotPublishedError(
            f"{self._path} is being replaced again and again by another program; the change is kept here.",
            "Stop that program, then run ringback doctor.",
        )

    def _comes_back(self) -> bool:
        """Wait for a file that is missing: Syncthing makes a conflict copy by moving it away first."""
        if not self._is_missing:
            self._is_missing = self._wait_for_rename() is None
        return not self._is_missing

    def _check_missing(self, published: Published | None, *, recreate: bool) -> None:
        if published is not None and not recreate:
            raise NotPublishedError(
                f"The data file {self._path} is missing; the change is kept here, do not repeat it.",
                _RECREATE,
            )

    def _merge_there(self) -> absorb.Found | None:
        """Merge what another program put there, and return it."""
        found = absorb.found_at(self._path)
        if found is not None:
            self._take(self._path, found)
            with self._state.guard:
                self._tell_what_it_lacked(found)
        return found

    def _is_all(self, found: absorb.Found) -> bool:
        """Tell whether what was found is all there is, and note that then.

        Writing the same bytes once more would be news to a syncer, and so to the inbox on the other side.
        """
        state = self._state
        state.journal.sync()
        with state.guard:
            state.fold()
            joined, position = state.joined(), state.position
            state.documents.replace(joined)
        if found.signature is None or joined.data != found.raw:
            return False
        publish.write_published(self._folder, Published(found.signature, position))
        return True

    def _merge_displaced(self, path: Path, ours: Signature) -> None:
        """Merge a version that came out in the swap, and remove it; one that must not be goes back."""
        found = absorb.found_at(path)
        if found is not None:
            try:
                self._take(path, found)
            except FileError as error:
                raise self._put_back(path, found, ours, error) from error
            self._state.journal.sync()
        disk.remove(path)

    def _take(self, path: Path, found: absorb.Found) -> None:
        state = self._state
        with state.guard, state.journal.lock():
            state.fold()
            try:
                arrivals.take(state, path, found)
            except ReadOnlyError:
                state.read_only = newer_sentence(state.path)
                raise

    def _moor(self) -> None:
        """Journal and shadow went away under this process: what it alone knows begins them anew."""
        found = absorb.found_at(self._path)
        state = self._state
        if found is not None:
            self._take(self._path, found)
        with state.guard, state.journal.lock():
            state.fold()
            state.moor(found.states[0] if found is not None and found.states else Lines())

    def _put_back(self, path: Path, found: absorb.Found, ours: Signature, error: FileError) -> StoreError:
        """Undo a swap with a version that must not be replaced; return what to raise."""
        error.sentence = error.sentence.replace(str(path), str(self._path))
        came_out = publish.put_back(self._path, path)
        if came_out is None:
            kept = arrivals.put_aside(self._state, path, found.raw)
            return _kept(error, f"It was replaced before that was seen, and is kept as {kept}. ")
        if came_out.is_same_file(ours):
            disk.remove(path)
        return _kept(error)

    def _rebase(self, base: Lines, over: dict[str, dict[Key, bytes | None]]) -> None:
        """Join the bytes where much has changed, so that the next writing has less to splice."""
        state = self._state
        if sum(map(len, over.values())) < _REBASE:
            return
        with state.guard:
            if state.documents.base is base:
                state.documents.replace(state.joined())


def _kept(error: StoreError, more: str = "") -> NotPublishedError:
    """Return what to raise where a change is in the journal and cannot go out."""
    remedy = error.remedy if isinstance(error, arrivals.NotOursError) else error.hint
    if isinstance(error, ReadOnlyError):
        remedy = "Update Ringback on this machine: the change is merged then."
    return NotPublishedError(
        f"{error.sentence} {more}The change is kept on this machine, do not repeat it.", remedy
    )
