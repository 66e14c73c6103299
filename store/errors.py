"""The failures that callers tell apart, each a sentence, a next step and an exit code."""


class StoreError(Exception):
    """A request that could not be carried out; nothing was lost.

    `sentence` says what happened and where, `hint` what to do next. Both are plain text that may hold
    words from outside, so a front end passes them through its gate before they reach a terminal.
    """

    exit_code = 1

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


class UsageError(StoreError):
    """Words that cannot be understood: a bad date, an unknown query field."""

    exit_code = 2


class NotFoundError(StoreError):
    """No such opportunity, message or person."""


class AmbiguousError(StoreError):
    """A short id or a name that fits more than one; the hint lists them."""


class SensitiveError(StoreError):
    """Somebody is marked as sensitive, and the user has not said that they are meant all the same."""


class UnreachableError(StoreError):
    """The original of a message cannot be read from here: its source is gone, changed, or elsewhere."""


class FileError(StoreError):
    """The data file is missing, damaged, newer than this program, or another database."""

    exit_code = 3


class ReadOnlyError(FileError):
    """The file was written by a newer version and may only be read here."""


class ConflictError(StoreError):
    """A person has to choose between two values."""

    exit_code = 4


class NotPublishedError(StoreError):
    """The change is safe in the journal, but the synced file could not be written."""

    exit_code = 5
