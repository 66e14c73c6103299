"""What nobody foresaw, as a sentence like every other failure."""

from store.errors import StoreError


def unexpected(what: str, error: Exception) -> StoreError:
    """Make a sentence of an exception: what failed because of it, its kind and its text."""
    if isinstance(error, StoreError):
        return error
    reason = ": ".join(filter(None, (type(error).__name__, str(error).rstrip("."))))
    return StoreError(f"{what} ({reason}).", "Everything else goes on.")
