"""A letter as a `mailto:` link: one address, a subject and a body, nothing else of any text can get in."""

import re
from typing import Final
from unicodedata import category
from urllib.parse import quote

from store.errors import StoreError
from tui.text import safe

_ADDRESS: Final = re.compile(r"[^\s@,;:<>()\[\]\\\"]+@[^\s@,;:<>()\[\]\\\"/?#]+")
_LONGEST: Final = 30_000
"""Characters of a link beyond which programs cut it, or refuse to start."""


def mailto(address: str, subject: str, body: str) -> str:
    """Return the link; raises StoreError where the letter is too long for one.

    An address that is not plainly one is left out: the mail program asks for it then.
    """
    lines = safe(body, newlines=True).strip("\n").replace("\n", "\r\n")
    headers = f"subject={quote(safe(subject), safe='')}&body={quote(lines, safe='')}"
    link = f"mailto:{quote(_one_address(address), safe='@')}?{headers}"
    if len(link) > _LONGEST:
        raise StoreError("The letter is too long for a mailto: link.", "Copy it instead.")
    return link


def _one_address(text: str) -> str:
    plain = text.strip()
    is_plain = _ADDRESS.fullmatch(plain) and not any(category(each).startswith("C") for each in plain)
    return plain if is_plain else ""
