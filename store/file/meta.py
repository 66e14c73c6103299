"""What a file says about itself: whose it is, which database, and which programs may read and write it.

A database that was begun twice, on two machines before they were synced, is one from when a person says so:
the file then names both, under the smaller name, and copies of either belong to it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec

from store.file.codec import FORMAT, META, DamagedError, decode_document, encode_document

if TYPE_CHECKING:
    from store.file.lines import Lines

_GROWING: Final = ("format", "min_reader", "min_writer")


class Meta(msgspec.Struct, frozen=True):
    """What a file says about itself."""

    app: str = ""
    db: str = ""
    adopted: frozenset[str] = frozenset()
    """Other names under which the same database was begun."""
    min_reader: int = 1
    min_writer: int = 1

    @property
    def is_newer(self) -> bool:
        """Whether only a newer program may write such a file."""
        return max(self.min_reader, self.min_writer) > FORMAT

    @property
    def names(self) -> frozenset[str]:
        """Every name of the database; none where the file does not say."""
        return (self.adopted | {self.db}) - {""}

    def is_same(self, other: "Meta") -> bool:
        """Tell whether both are of one database."""
        return not self.names.isdisjoint(other.names)


def meta_of(state: "Lines") -> Meta:
    """Return the `_meta` document of a state; one without is no file of ours."""
    return read_meta(state.get(META, 1))


def read_meta(raw: bytes | None) -> Meta:
    """Return what a `_meta` document says; nothing where there is none. Raises DamagedError."""
    document = decode_document(raw) if raw is not None else {}

    def number(name: str) -> int:
        value = document.get(name, 1)
        return value if isinstance(value, int) else 1

    return Meta(
        str(document.get("app", "")),
        str(document.get("db", "")),
        _adopted(document),
        number("min_reader"),
        number("min_writer"),
    )


def adopting(raw: bytes, other: Meta) -> bytes:
    """Return a `_meta` document that says that the other database is the same as its own."""
    mine, document = read_meta(raw), decode_document(raw)
    return _named(document, mine.names | other.names)


def merge_metas(a: bytes, b: bytes) -> bytes:
    """Merge what two files say about themselves: the newest format, what it demands, all names."""
    from store.file.merge import merge_documents, merge_raw

    try:
        one, two = decode_document(a), decode_document(b)
    except DamagedError:
        return merge_raw(a, b)
    highest = {
        name: max(values)
        for name in _GROWING
        if (values := [value for value in (one.get(name), two.get(name)) if type(value) is int])
    }
    return _named({**merge_documents(one, two), **highest}, read_meta(a).names | read_meta(b).names)


def _named(document: Mapping[str, Any], names: frozenset[str]) -> bytes:
    named = {name: value for name, value in document.items() if name != "adopted"}
    if names:
        named["db"] = min(names)
    if len(names) > 1:
        named["adopted"] = sorted(names - {named["db"]})
    return encode_document(named)


def _adopted(document: Mapping[str, Any]) -> frozenset[str]:
    names = document.get("adopted")
    return (
        frozenset(name for name in names if isinstance(name, str)) if isinstance(names, list) else frozenset()
    )
