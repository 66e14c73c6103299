"""The words of a form on disk while it is open, and those that were left in it before."""

from store.errors import StoreError
from store.file.drafts import Draft, abandoned
from store.file.places import StateFolder
from store.repository import Repository


class KeptWords:
    """Keeps what is typed into one form; a form opened again begins with what was left in it."""

    def __init__(self, repository: Repository, form: str) -> None:
        self._folder = StateFolder.of(repository.paths.file, repository.paths.state)
        self._form = form
        self._draft: Draft | None = None

    def load(self) -> dict[str, str]:
        """Return the words left before, and keep them under this form's own name from now on."""
        left = abandoned(self._folder, self._form)
        if left is None:
            return {}
        self.write(left.values)
        left.discard()
        return dict(left.values)

    def write(self, values: dict[str, str]) -> str:
        """Keep these words; return why they cannot be kept, or an empty text."""
        if self._draft is None:
            self._draft = Draft(self._folder, self._form)
        try:
            self._draft.save(values)
        except StoreError as error:
            return f"{error.sentence} {error.hint}"
        return ""

    def sync(self) -> None:
        """Bring the words to the disk, when a second has passed; takes milliseconds."""
        if self._draft is not None:
            self._draft.sync_if_due()

    def discard(self) -> None:
        """Forget the words: the form was finished."""
        if self._draft is not None:
            self._draft.discard()

    def leave(self) -> None:
        """Let go of the words but keep them for the next time."""
        if self._draft is not None:
            self._draft.leave()
