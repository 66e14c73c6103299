"""The text of a message as the lifters look at it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from store.records.message import Contact, Message

LOOKED_AT = 8_000
"""Characters: terms of a role stand near the beginning."""
_LABEL = re.compile(
    r"^[^\w\n]{0,6}([A-Za-zÀ-ž][A-Za-zÀ-ž /]{1,30}?)[ \t]*(?::|[ \t][-–][ \t])[ \t]*(\S[^\n]{0,160})$",
    re.MULTILINE,
)
_BUMP = 300
_PLACES = 12


class Text(NamedTuple):
    """A message's words in pieces."""

    subject: str
    body: str
    """The new part, and what it quotes where it only bumps that."""
    signature: str
    sender: Contact
    lower: str
    """Subject, body and signature in lower case, for a quick look whether a word is there at all."""
    labels: dict[str, str]
    """What stands behind a label on a line of its own (`Location: Leeds`), by the label in lower case."""

    @classmethod
    def of(cls, message: Message) -> "Text":
        """Take a message apart."""
        body = message.body[:LOOKED_AT]
        if len(body) < _BUMP and message.quoted:
            body = f"{body}\n{message.quoted[:LOOKED_AT]}"
        labels: dict[str, str] = {}
        for found in _LABEL.finditer(body) if ":" in body or " - " in body or " – " in body else ():
            labels.setdefault(found[1].strip().casefold(), found[2].strip())
        subject, signature = message.subject[:300], message.signature[:1_000]
        lower = f"{subject}\n{body}\n{signature}".lower()
        return cls(subject, body, signature, message.sender, lower, labels)

    def has(self, *words: str) -> bool:
        """Tell whether one of these texts stands in it, whatever its case."""
        return any(word in self.lower for word in words)

    def around(self, word: str, before: int, behind: int) -> Iterator[str]:
        """Yield what stands around a word, in lower case, at its first places."""
        start = self.lower.find(word)
        for _ in range(_PLACES):
            if start < 0:
                return
            yield self.lower[max(start - before, 0) : start + len(word) + behind]
            start = self.lower.find(word, start + len(word))

    def labelled(self, *names: str) -> str:
        """Return what stands behind the first of these labels that there is."""
        return next((self.labels[name] for name in names if name in self.labels), "")

    @property
    def whole(self) -> str:
        """Subject, body and signature."""
        return f"{self.subject}\n{self.body}\n{self.signature}"
