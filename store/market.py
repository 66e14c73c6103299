"""Gathers what the statistics are made of from an open repository."""

from store.clock import DAY
from store.repository import Repository
from store.rules.row import Row
from store.rules.sample import Decided, Sample
from store.rules.summarize import is_outgoing
from store.seat import own_reasons


def sample(repository: Repository) -> Sample:
    """Return everything that the figures are made of, as things stand now.

    Messages are read only of what was answered, or came by phone.
    """
    rows = [row for row in repository.index.rows.values() if row.counts]
    answer_days: list[float] = []
    talks: list[int] = []
    for row in rows:
        if row.answered_at:
            answer_days.append(max(_first_answer(repository, row) - row.first_at, 0) / DAY)
        if row.answered_at or row.channel == "call":
            talks += _talks(repository, row)
    decisions = repository.decisions
    return Sample(
        rows=rows,
        entries=[
            Decided(entry.decision, entry.row, [review for _, review in decisions.reviews(entry.id)])
            for entry in decisions.everything()
        ],
        answer_days=answer_days,
        talks=sorted(talks),
        own=own_reasons(repository.documents),
        now=repository.now(),
        silent_days=repository.settings.silent_days,
    )


def _first_answer(repository: Repository, row: Row) -> int:
    """Return when the first answer went out; one noted by hand where there is no other."""
    index = repository.index
    sent = [
        message.at
        for id in row.messages
        if (message := index.message(id)) is not None and is_outgoing(message, index.own)
    ]
    return min(sent, default=row.answered_at)


def _talks(repository: Repository, row: Row) -> list[int]:
    """Return when calls were taken."""
    found = (repository.index.message(id) for id in row.messages)
    return [each.at for each in found if each is not None and each.channel == "call" and each.duration]
