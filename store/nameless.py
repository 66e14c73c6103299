"""What stays of somebody who was forgotten: decisions and referrals as figures, without a word about whom."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from store.deciding import sealed_fields
from store.decision_table import DecisionTable
from store.ids import document_id, random_key
from store.referring import Logged

NOBODY = "somebody forgotten"
"""What stands in a referral where a name stood."""
_PERSONAL = ("why", "note", "outcome", "route")


class Copy(NamedTuple):
    """What stays of a document, without what tells whom it was about."""

    table: str
    key: str
    fields: dict[str, Any]


def decisions(table: DecisionTable, ids: Iterable[int]) -> Iterator[Copy]:
    """Yield decisions and their reviews without words, on no opportunity."""
    for id in sorted(ids):
        key = random_key()
        bare = msgspec.structs.replace(
            table.entries[id],
            k=key,
            notes={},
            warnings=(),
            **dict.fromkeys(("opportunity", "because", "supersedes", "seal"), ""),
        )
        yield Copy("decisions", key, sealed_fields(bare))
        for _, review in table.reviews.get(id, ()):
            own = random_key()
            told = msgspec.structs.replace(review, k=own, decision=str(document_id(key)), line="", seal="")
            yield Copy("reviews", own, sealed_fields(told))


def referral(logged: Logged, *, friend: bool, recruiter: bool) -> Iterator[Copy]:
    """Yield a referral and its steps without words, and without the name of whoever is forgotten."""
    key = random_key()
    bare = msgspec.structs.replace(logged.referral, k=key, **dict.fromkeys(_PERSONAL, ""))
    if friend:
        bare = msgspec.structs.replace(bare, person="", name=NOBODY, would_hire=None)
    if recruiter:
        bare = msgspec.structs.replace(bare, recruiter="", firm="", opportunity="")
    fields = msgspec.to_builtins(bare)
    yield Copy("referrals", key, {name: value for name, value in fields.items() if value not in (None, "")})
    for step in logged.steps:
        what = {"referral": str(document_id(key)), "at": step.at, "what": step.what, "side": step.side}
        yield Copy("steps", random_key(), {name: value for name, value in what.items() if value})
