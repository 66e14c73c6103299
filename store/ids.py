"""Ids of documents: integers hashed from a key, and the short codes that people type.

Every document has a key `k`. Its id is a hash of that key, so that two machines that import the same
message make the same document. Ids lie in [2^53, 2^62): stock TinyDB reads them and its own `max + 1`
stays in range.
"""

import os
import re
from _blake2 import blake2b  # as in hashlib, which loads OpenSSL: 5 ms that a quick add has no use for

LOWEST = 2**53
HIGHEST = 2**62 - 1
_ID = re.compile("[1-9][0-9]{0,18}")
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no i, l, o, u
_READ_AS = str.maketrans("ilo", "110")


def hash63(text: str) -> int:
    """Hash a text to an integer below 2^63."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def document_id(key: str) -> int:
    """Return the id of the document whose key is `key`."""
    return LOWEST + hash63(key) % (HIGHEST - LOWEST + 1)


def read_id(text: object) -> int:
    """Read an id as documents name others by it, a decimal text; 0 for whatever is none."""
    return int(text) if isinstance(text, str) and _ID.fullmatch(text) else 0


def random_key() -> str:
    """Make a key for a document that exists nowhere else."""
    return "r:" + os.urandom(12).hex()


def opportunity_key(message: int) -> str:
    """Return the key of the opportunity that the message with this id makes."""
    return f"opportunity:{message}"


def short_code(document: int, length: int = 4) -> str:
    """Write the first `length` characters of a document's short code.

    The code is the id in base 32, its lowest digit first: the low digits of a hash differ from the start.
    """
    code = ""
    for _ in range(length):
        document, digit = divmod(document, 32)
        code += _ALPHABET[digit]
    return code


def parse_code(code: str) -> tuple[int, int] | None:
    """Read a short code as (remainder, modulus): ids with that remainder begin with the code.

    Returns None where the text is no code.
    """
    text = code.strip().lower().translate(_READ_AS)
    if not text or len(text) > 13 or any(character not in _ALPHABET for character in text):
        return None
    value = 0
    for character in reversed(text):
        value = value * 32 + _ALPHABET.index(character)
    return value, 32 ** len(text)


def code_length(count: int) -> int:
    """Return how many characters make codes unique, most likely, among `count` documents."""
    return max(4, -(-2 * max(count, 1).bit_length() // 5))
