"""What the file knows that helps to judge messages: the user's own addresses, and what was corrected."""

from collections.abc import Iterator

from store.repository import Repository
from store.rules.outreach import Knowledge, Learner, learn
from store.rules.row import Row
from store.rules.summarize import is_outgoing

LEAST = 30
"""Opportunities said to be outreach, and said to be none, from which something is learnt."""


def knowledge_of(repository: Repository) -> Knowledge:
    """Gather what a judgement may rest on beside the message itself."""
    index = repository.index
    return Knowledge(own=index.own, corrections=index.corrections, learner=_learner(repository))


def _learner(repository: Repository) -> Learner | None:
    """Return what can be learnt from the user's own words, None while there are too few."""
    labelled = [(row, said) for row in repository.index.rows.values() if (said := _label(repository, row))]
    if min(sum(said == each for _, said in labelled) for each in ("yes", "no")) < LEAST:
        return None
    return learn((text, said == "yes") for row, said in labelled for text in _texts(repository, row))


def _label(repository: Repository, row: Row) -> str:
    """Return `yes` or `no` where the user said it, or dealt with it as one does with outreach."""
    if not row.documents:
        return ""
    said = repository.index.said(row)
    return said.outreach or ("yes" if row.verdict in ("call", "ask", "later", "verify") else "")


def _texts(repository: Repository, row: Row) -> Iterator[str]:
    for id in row.messages:
        message = repository.index.message(id)
        if message is not None and not is_outgoing(message, repository.index.own):
            yield message.text
