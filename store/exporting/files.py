"""Writing an export to a file: whole or not at all, and never over something by mistake."""

from pathlib import Path

from store.errors import StoreError
from store.file.disk import reason, remedy, write_whole


def write(path: Path, text: str, *, force: bool = False) -> None:
    """Write a text to a new file that only its owner may read; `force` replaces one that is there.

    Raises StoreError with whatever was there as it was.
    """
    if path.exists() and not path.is_file():
        raise StoreError(f"{path} is no file.", "Name a file to write to.")
    if path.exists() and not force:
        raise StoreError(f"{path} is there already, and was left as it is.", "--force replaces it.")
    try:
        write_whole(path, [text.encode("utf-8", "replace")])
    except OSError as error:
        raise StoreError(f"{path} could not be written: {reason(error)}.", remedy(error)) from error
