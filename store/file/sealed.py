"""Sealed documents: written once, and the same on every machine from then on.

A sealed document holds the hash of its own fields in `seal`. As long as the hash fits, nothing that a merge,
another program or a restored copy brings can change it; `gone` alone, by which undo withdraws it, stays open.
"""

from _blake2 import blake2b  # hashlib loads OpenSSL, as store.ids says
from collections.abc import Mapping
from typing import Any, Final

from store.file.codec import encode

SEAL: Final = "seal"
OPEN: Final = frozenset({"gone"})
"""What may be written into a sealed document."""
_UNSEALED: Final = frozenset({SEAL, "_m", *OPEN})


def sealed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a document, its key `k` among them, with the seal over them."""
    return {**fields, SEAL: seal_of(fields)}


def seal_of(document: Mapping[str, Any]) -> str:
    """Return the hash over everything in a document that a seal binds."""
    bound = {name: value for name, value in document.items() if name not in _UNSEALED}
    return blake2b(encode(bound), digest_size=16).hexdigest()


def is_intact(document: Mapping[str, Any]) -> bool:
    """Tell whether a document is sealed and holds what was sealed."""
    return isinstance(document.get(SEAL), str) and document[SEAL] == seal_of(document)
