"""How the user answers: how many, how soon, what is owed."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from store.rules.figures import Figure, days, middle, ratio, share
from store.rules.sample import Sample
from store.rules.views import is_silent


def answering(sample: Sample) -> list[Figure]:
    """Return the figures about answering."""
    rows = sample.rows
    answered = sum(bool(row.answered_at) for row in rows)
    debt = sum(
        row.inbound_at > max(row.answered_at, row.decided_at)
        and not row.late
        and not is_silent(row, sample.now, sample.silent_days)
        for row in rows
    )
    attempts = [len(row.messages) for row in rows]
    median = middle(sample.answer_days)
    mean = round(sum(attempts) / len(attempts), 1) if attempts else 0.0
    return [
        Figure(
            name="answer_rate",
            title="answered",
            n=len(rows),
            text=share(answered, len(rows)),
            value=ratio(answered, len(rows)),
        ),
        Figure(
            name="days_to_answer",
            title="days to answer",
            n=len(sample.answer_days),
            text=f"half of them within {days(median)}",
            value={"median": median},
            table=_answer_table(sample.answer_days),
        ),
        Figure(
            name="reply_debt",
            title="reply debt",
            n=len(rows),
            text=f"{debt} wait for an answer from you",
            value=debt,
        ),
        Figure(
            name="messages_per_thread",
            title="messages a thread",
            n=len(rows),
            text=f"{mean:g} on average, {max(attempts, default=0)} at most",
            value={"mean": mean, "most": max(attempts, default=0)},
        ),
    ]


ANSWER_BUCKETS: Final = (
    (1, "same day"),
    (3, "1-2 d"),
    (8, "3-7 d"),
    (15, "8-14 d"),
    (31, "15-30 d"),
    (10_000, "later"),
)


def answer_buckets(answer_days: Sequence[float]) -> list[tuple[str, int]]:
    """Count answers by how long they took."""
    counts = Counter(next(name for limit, name in ANSWER_BUCKETS if each < limit) for each in answer_days)
    return [(name, counts[name]) for _, name in ANSWER_BUCKETS]


def _answer_table(answer_days: Sequence[float]) -> tuple[tuple[str, ...], ...]:
    rows = [(name, str(count)) for name, count in answer_buckets(answer_days)]
    return (("answered after", "n"), *rows)
