"""Why something counts as outreach, or does not: every message with its reasons, which anybody can add up."""

from typing import NamedTuple

from store.intake.knowledge import knowledge_of
from store.intake.left_out import Left
from store.records.message import Message
from store.repository import Repository
from store.rules.outreach import GIVEN, SIGNS, Judgement, judge
from store.rules.outreach.signs import NOTHING
from store.rules.row import Row
from store.rules.summarize import is_outgoing
from store.sources.appraising import appraised

_SAID = {"yes": "You said that it is outreach", "no": "You said that it is no outreach"}


class Judged(NamedTuple):
    """A message and what came of judging it."""

    id: int
    message: Message
    judgement: Judgement


class Why(NamedTuple):
    """The judgement on an opportunity, or on a message that was left out."""

    outcome: str
    """outreach, review or other."""
    because: str
    """What decided over all signs; empty where they did."""
    messages: list[Judged]
    """Oldest first."""


def why(repository: Repository, row: Row) -> Why:
    """Say why an opportunity is where it is."""
    knowledge = knowledge_of(repository)
    index = repository.index
    found = []
    for id in row.messages:
        message = index.message(id)
        if message is not None and not is_outgoing(message, index.own):
            found.append(Judged(id, message, judge(_with_signs(message), knowledge)))
    return Why(row.judged, _decided(repository, row, found), found)


def why_left(repository: Repository, left: Left) -> Why:
    """Say why a message was left out."""
    judgement = judge(left.message, knowledge_of(repository))
    because = "You took back what brought it in" if _taken_back(repository, left, judgement) else ""
    return Why("other", because, [Judged(left.id, left.message, judgement)])


def left_because(repository: Repository, left: Left, judgement: Judgement) -> str:
    """Say in a word or two why a message was left out."""
    return "taken back by you" if _taken_back(repository, left, judgement) else judgement.against


def _taken_back(repository: Repository, left: Left, judgement: Judgement) -> bool:
    """Tell whether nothing but undo, which keeps the document, speaks against a message."""
    return judgement.against == NOTHING and repository.documents.raw("messages", left.id) is not None


def _with_signs(message: Message) -> Message:
    """Return a message with the signs that its reader found; of one without a reader they are looked for."""
    return message if message.signals or not message.reader else appraised(message)


def _decided(repository: Repository, row: Row, found: list[Judged]) -> str:
    said = repository.index.said(row)
    if said.outreach in _SAID:
        return _SAID[said.outreach]
    if any(GIVEN in each.message.signals for each in found):
        return SIGNS[GIVEN].sentence
    if row.decisions or said.place is not None or said.answered or said.into:
        return "You dealt with it"
    if any(not each.message.reader for each in found):
        return "You wrote it down yourself"
    if not any(each.message.signals for each in found):
        return "It was taken in before messages were judged"
    outcomes = {each.judgement.outcome for each in found}
    if row.judged == "outreach" and len(outcomes) > 1:
        return "One message is outreach; the others belong to it, by their thread or their sender"
    return ""
