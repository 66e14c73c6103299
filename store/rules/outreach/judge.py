"""The judgement: what the user said comes first, then the weights of the signs, added up."""

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, Protocol

import msgspec

from store.records.message import Channel, Contact, Direction
from store.rules.correcting import corrected, domain_of, keys_for
from store.rules.outreach.learner import Learner
from store.rules.outreach.signs import GIVEN, NOTHING, SIGNS

Outcome = Literal["outreach", "review", "other"]
OUTREACH, REVIEW = 4, 2
"""Scores from which a message is outreach, and from which somebody should look."""
OUTREACH_IN_TEXTS = 3
"""A text message, or the note of an invitation, has fewer words to show signs in."""
_OWN_DOMAIN = -6
_TEXTS = ("sms", "mms", "whatsapp", "voicemail", "linkedin_invite")


class Reason(NamedTuple):
    """One thing that speaks for outreach, or against it."""

    name: str
    weight: int
    """What it adds to the score; 0 where it decides by itself."""
    sentence: str
    label: str = ""


class Appraised(Protocol):
    """A message whose signs were found, as far as judging asks; its text only where something was learnt."""

    @property
    def channel(self) -> Channel:
        """By what it came."""

    @property
    def direction(self) -> Direction:
        """Whether it came in."""

    @property
    def sender(self) -> Contact:
        """Whom it is from."""

    @property
    def signals(self) -> tuple[str, ...]:
        """Names of the signs that it shows."""

    @property
    def text(self) -> str:
        """Its subject and the new part of its text."""


class Judgement(msgspec.Struct, frozen=True, dict=True):
    """What came of it: the score is the sum of the reasons' weights."""

    outcome: Outcome
    score: int
    reasons: tuple[Reason, ...]
    """What decides by itself first, then the weightiest."""

    @cached_property
    def against(self) -> str:
        """What speaks most against outreach, in a word or two."""
        worst = min(self.reasons, key=lambda reason: (reason.weight, reason.name), default=None)
        most = 0 if self.outcome == "other" else -1
        return worst.label if worst is not None and worst.weight <= most else NOTHING


class Knowledge(NamedTuple):
    """What is known beside the message."""

    own: frozenset[str] = frozenset()
    """The user's own addresses."""
    corrections: Mapping[str, bool] = {}
    """What the user said, by identity, `domain:…` or `firm:…`."""
    learner: Learner | None = None


_NOTHING_KNOWN = Knowledge()


def score(signals: Sequence[str]) -> int:
    """Add up the weights of signs; a name of a newer version counts nothing."""
    return sum(SIGNS[name].weight for name in signals if name in SIGNS)


def reasons(signals: Sequence[str]) -> tuple[Reason, ...]:
    """Return the signs as reasons: what decides by itself, then the weightiest first."""
    found = [Reason(name, *_told(name)) for name in signals if name in SIGNS]
    return tuple(sorted(found, key=lambda reason: (bool(reason.weight), -abs(reason.weight), reason.name)))


@lru_cache(maxsize=1024)
def _by_signs(signals: tuple[str, ...], *, in_texts: bool) -> Judgement:
    """Judge by signs alone; thousands of messages show the same."""
    total = score(signals)
    outcome = "outreach" if GIVEN in signals else _outcome(total, in_texts=in_texts)
    return Judgement(outcome, total, reasons(signals))


def _told(name: str) -> tuple[int, str, str]:
    sign = SIGNS[name]
    return sign.weight, sign.sentence, sign.label


def outcome(message: Appraised) -> Outcome:
    """Judge a message by its signs alone."""
    return _by_signs(message.signals, in_texts=message.channel in _TEXTS).outcome


def _outcome(total: int, *, in_texts: bool) -> Outcome:
    if total >= (OUTREACH_IN_TEXTS if in_texts else OUTREACH):
        return "outreach"
    return "review" if total >= REVIEW else "other"


def judge(message: Appraised, knowledge: Knowledge = _NOTHING_KNOWN) -> Judgement:
    """Judge a message whose signs were found; what the user said about its sender decides by itself."""
    in_texts = message.channel in _TEXTS
    by_signs = _by_signs(message.signals, in_texts=in_texts)
    if GIVEN in message.signals:
        return by_signs
    if message.direction == "out":
        sent = Reason("sent", 0, "You wrote it: it belongs where its thread does", "written by you")
        return Judgement("other", by_signs.score, (sent, *by_signs.reasons))
    said = corrected(message.sender, knowledge.corrections)
    if said is not None:
        reason = _correction(message, knowledge)
        return Judgement("outreach" if said else "other", by_signs.score, (reason, *by_signs.reasons))
    more = (*_of_own_firm(message, knowledge.own), *_learnt(message, knowledge.learner))
    if not more:
        return by_signs
    total = by_signs.score + sum(reason.weight for reason in more)
    return Judgement(_outcome(total, in_texts=in_texts), total, (*more, *by_signs.reasons))


def _correction(message: Appraised, knowledge: Knowledge) -> Reason:
    key = next(key for key in keys_for(message.sender) if key in knowledge.corrections)
    kind, _, rest = key.partition(":")
    whom = {"domain": f"@{rest}", "firm": rest}.get(kind, message.sender.name or rest)
    is_it = "is outreach" if knowledge.corrections[key] else "is no outreach"
    return Reason("said", 0, f"You said that what comes from {whom} {is_it}", "said by you")


def _of_own_firm(message: Appraised, own: frozenset[str]) -> tuple[Reason, ...]:
    domain = domain_of(message.sender) if own else ""
    if not domain or all(not address.endswith("@" + domain) for address in own):
        return ()
    return (Reason("own-firm", _OWN_DOMAIN, "It comes from your own firm's domain", "your own firm"),)


def _learnt(message: Appraised, learner: Learner | None) -> tuple[Reason, ...]:
    if learner is None:
        return ()
    weight, words = learner.weigh(message.text)
    if not weight:
        return ()
    like = "outreach" if weight > 0 else "no outreach"
    sentence = f"It reads like what you said is {like}: {', '.join(words)}"
    return (Reason("learnt", weight, sentence, "like what you refused"),)
