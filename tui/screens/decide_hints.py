"""What the form shows beside a question: the user's core work and seat, the recruiter's checks."""

from collections.abc import Iterator

from store import people, seat
from store.repository import Repository
from store.rules.row import Row

_OFTEN = 3
"""Uses of F, something else, from which a reason of one's own is offered."""


def hints_for(repository: Repository, row: Row, name: str) -> Iterator[str]:
    """Yield the lines that help with a question; `beside` asks for those under the message."""
    documents = repository.documents
    match name:
        case "beside":
            yield people.brief(repository, row).sentence
        case "reasons" if offers_reason(repository, name):
            yield "You have used F often: + makes a reason of your own of it."
        case "survives":
            pillars = [item.text or "" for _, item in seat.items(documents, "pillar")]
            promises = [item.text or "" for _, item in seat.items(documents, "promise")]
            if pillars:
                yield "What makes it good: " + ", ".join(pillars)
            if promises:
                yield "Promised: " + ", ".join(promises)
        case "pull":
            core = [item.text or "" for _, item in seat.items(documents, "core")]
            yield "Your core: " + ", ".join(core) if core else "+ names the work at your core."
        case "step":
            present = seat.seat(documents)
            words = ", ".join(filter(None, (present.title, present.employer)))
            yield f"Today: {words}" if words else "+ names your present seat."
        case "trust":
            yield people.brief(repository, row).sentence


def offers_reason(repository: Repository, name: str) -> bool:
    """Tell whether the question of reasons should offer one of the user's own."""
    if name != "reasons":
        return False
    entries = repository.decisions.everything()
    return sum("f" in entry.decision.answers.reasons for entry in entries) >= _OFTEN
