"""The text of a message as the lifters look at it."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from store.records.message import Contact, Message
from store.rules.outreach.phrases import IN_SENDER
from store.rules.outreach.signals import BUMP, LOOKED_AT, words_in

_LABEL = re.compile(
    r"[^\w\n]{0,6}([A-Za-zÀ-ž][A-Za-zÀ-ž /]{1,30}?)[ \t]*(?::|[ \t][-–][ \t])[ \t]*(\S[^\n]{0,160})$"
)
_GREETED = re.compile(
    r"\s*(?i:hi|hello|hey|dear|hallo|guten tag|bonjour|hola|olá|ciao|good (?:morning|afternoon|evening))"
    r"(?: (?i:mr|mrs|ms|herr|frau|there)\.?)? ([A-Z][\w'’-]*(?: [A-Z][\w'’-]*)?)"
)
_PARTS_LABEL = (":", " - ", " – ")
_LONGEST_LABELLED = 220
_SUBJECT, _SIGNATURE = 300, 1_000


class Text(NamedTuple):
    """A message's words in pieces."""

    subject: str
    body: str
    """The new part, and what it quotes where it only bumps that."""
    signature: str
    sender: Contact
    reader: frozenset[str]
    """The names, folded, of whom the message is for: recipients, and who is greeted."""
    words: list[str]
    """What `words_of` makes of all of it."""
    vocabulary: frozenset[str]
    """The same words, for a quick look whether one is there at all."""
    labels: dict[str, str]
    """What stands behind a label on a line of its own (`Location: Leeds`), by the label in lower case."""

    @classmethod
    def of(cls, message: Message) -> "Text":
        """Take a message apart."""
        body = message.body[:LOOKED_AT]
        if len(body) < BUMP and message.quoted:
            body = f"{body}\n{message.quoted[: LOOKED_AT // 2]}"
        subject, signature = message.subject[:_SUBJECT], message.signature[:_SIGNATURE]
        words = words_in(message)
        return cls(
            subject,
            body,
            signature,
            message.sender,
            _reader(message.recipients, body),
            words,
            frozenset(words),
            _labels(body),
        )

    def has(self, words: frozenset[str]) -> bool:
        """Tell whether one of these words stands in it."""
        return not self.vocabulary.isdisjoint(words)

    def labelled(self, *names: str) -> str:
        """Return what stands behind the first of these labels that there is."""
        return next((self.labels[name] for name in names if name in self.labels), "") if self.labels else ""

    @property
    def whole(self) -> str:
        """Subject, body and signature."""
        return f"{self.subject}\n{self.body}\n{self.signature}"


def _reader(recipients: Iterable[Contact], body: str) -> frozenset[str]:
    names = " ".join(each.name for each in recipients)
    greeted = _GREETED.match(body)
    return frozenset(f"{names} {greeted[1] if greeted else ''}".casefold().split())


def lowered(text: str) -> str:
    """Return a text in lower case with every character at its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def lines_with(text: str, words: Iterable[str]) -> list[str]:
    """Return the lines that hold one of some lower-cased words, in their order."""
    lower, spans = lowered(text), set()
    for word in words:
        at = lower.find(word)
        while at >= 0:
            end = lower.find("\n", at)
            end = len(lower) if end < 0 else end
            spans.add((lower.rfind("\n", 0, at) + 1, end))
            at = lower.find(word, end)
    return [text[start:end] for start, end in sorted(spans)]


@lru_cache(maxsize=1_024)
def is_agency(name: str) -> bool:
    """Tell whether a domain, or a name in lower case, is one that recruiters call themselves by."""
    return IN_SENDER.search(name) is not None


def _labels(body: str) -> dict[str, str]:
    labels: dict[str, str] = {}
    if not any(mark in body for mark in _PARTS_LABEL):
        return labels
    for line in body.split("\n"):
        if len(line) <= _LONGEST_LABELLED and any(mark in line for mark in _PARTS_LABEL):
            found = _LABEL.match(line)
            if found:
                labels.setdefault(found[1].strip().casefold(), found[2].strip())
    return labels
