"""The journal of decisions: which entry is in force, what silence becomes, when to look back."""

from collections.abc import Mapping, Sequence

import msgspec

from store.clock import DAY
from store.records.decision import Decision
from store.records.review import Review
from store.rules.row import Row

YEAR = 365 * DAY
AFTER_NO = 90 * DAY
"""After a no, and after silence, which is one, a look back comes this much later (milliseconds)."""
DEFAULT = "default"
"""What stands for the verdict of an entry by default."""
Entries = Sequence[tuple[int, Decision]]
"""Entries with their ids."""
Reviews = Mapping[int, Sequence[tuple[int, Review]]]
"""Reviews with their ids, by the entry they look back on."""


class Standing(msgspec.Struct, frozen=True, gc=False):
    """What the journal says about one opportunity."""

    decisions: tuple[int, ...] = ()
    """Ids of its entries, oldest first."""
    verdict: str = ""
    """Of the newest entry; `default` where that is one by default."""
    decided_at: int = 0
    """When the newest verdict was sealed (milliseconds); 0 for none, and for one by default."""
    review_at: int = 0
    """The next look back at the newest entry (milliseconds), 0 for none."""


def standing(entries: Entries, reviews: Reviews) -> Standing:
    """Sum up the entries of one opportunity; withdrawn ones must not be among them."""
    if not entries:
        return Standing()
    ordered = in_order(entries)
    id, newest = ordered[-1]
    return Standing(
        decisions=tuple(each for each, _ in ordered),
        verdict=DEFAULT if newest.by_default else newest.verdict or "",
        decided_at=0 if newest.by_default else newest.at,
        review_at=min(dates_left(newest, reviews.get(id, ())), default=0),
    )


def in_order(entries: Entries) -> list[tuple[int, Decision]]:
    """Return entries oldest first."""
    return sorted(entries, key=lambda entry: (entry[1].at, entry[0]))


def dates_left(decision: Decision, reviews: Sequence[tuple[int, Review]]) -> list[int]:
    """Return the review dates of an entry that no review answered; one answers all dates up to its own."""
    reached = max((review.due for _, review in reviews), default=0)
    return [date for date in decision.reviews if date > reached]


def by_default(row: Row, silent_days: int) -> Decision:
    """Return the entry that silence becomes: no reason, no verdict, a look back after 90 days and a year."""
    at = row.inbound_at + silent_days * DAY
    return Decision(
        k=default_key(row.id),
        opportunity=str(row.id),
        at=at,
        seen=row.inbound_at,
        form="default",
        reviews=(at + AFTER_NO, at + YEAR),
        impulse=impulse_of(row),
        by_default=True,
    )


def default_key(opportunity: int) -> str:
    """Return the key of an opportunity's entry by default: the same on every machine, and only one."""
    return f"default:{opportunity}"


def impulse_of(row: Row) -> str:
    """Return the verdict that the first verb stood for; an empty text for none, and for deciding itself."""
    return "" if row.impulse == "none" else row.impulse


def next_review(row: Row, silent_days: int) -> int:
    """Return when the opportunity is next to be looked back on (milliseconds), 0 for never."""
    if not row.counts:
        return 0
    unanswered = row.inbound_at > max(row.answered_at, row.decided_at)
    if row.verdict == DEFAULT or not unanswered or row.late:
        return row.review_at
    silent_at = row.inbound_at + silent_days * DAY
    return row.review_at if 0 < row.review_at <= silent_at else silent_at + AFTER_NO
