"""The text of a message as the lifters look at it."""

import re
from typing import NamedTuple

from store.records.message import Contact, Message

LOOKED_AT = 8_000
"""Characters: terms of a role stand near the beginning."""
_LABEL = re.compile(
    r"^[^\w\n]{0,6}([A-Za-zÀ-ž][A-Za-zÀ-ž /]{1,30}?)[ \t]*(?::|[ \t][-–][ \t])[ \t]*(\S[^\n]{0,160})$",
    re.MULTILINE,
)
_BUMP = 300


class Text(NamedTuple):
    """A message's words in pieces."""

    subject: str
    body: str
    """The new part, and what it quotes where it only bumps that."""
    signature: str
    sender: Contact
    labels: dict[str, str]
    """What stands behind a label on a line of its own (`Location: Leeds`), by the label in lower case."""

    @classmethod
    def of(cls, message: Message) -> "Text":
        """Take a message apart."""
        body = message.body[:LOOKED_AT]
        if len(body) < _BUMP and message.quoted:
            body = f"{body}\n{message.quoted[:LOOKED_AT]}"
        labels: dict[str, str] = {}
        for found in _LABEL.finditer(body):
            labels.setdefault(found[1].strip().casefold(), found[2].strip())
        return cls(message.subject[:300], body, message.signature[:1_000], message.sender, labels)

    def labelled(self, *names: str) -> str:
        """Return what stands behind the first of these labels that there is."""
        return next((self.labels[name] for name in names if name in self.labels), "")

    @property
    def whole(self) -> str:
        """Subject, body and signature."""
        return f"{self.subject}\n{self.body}\n{self.signature}"
