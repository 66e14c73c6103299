"""What the form shows beside a question: the user's core work and seat, the recruiter's checks."""

import msgspec

from store import people, seat
from store.repository import Repository
from store.rules.row import Row

_OFTEN = 3
"""Uses of F, something else, from which a reason of one's own is offered."""


class Hints(msgspec.Struct, frozen=True):
    """What is known when the form is opened, in lines."""

    recruiter: str
    seat: str
    core: str
    pillars: str
    promises: str
    offers_reason: bool

    def at(self, question: str) -> tuple[str, ...]:
        """Return the lines that help with a question, by its name."""
        match question:
            case "reasons" if self.offers_reason:
                return ("You have used F often: + makes a reason of your own of it.",)
            case "survives":
                made_of = f"What makes it good: {self.pillars}." if self.pillars else ""
                promised = f"Promised: {self.promises}." if self.promises else ""
                return tuple(filter(None, (made_of, promised)))
            case "pull":
                return (f"Your core: {self.core}." if self.core else "+ names the work at your core.",)
            case "step":
                return (f"Today: {self.seat}." if self.seat else "+ names your present seat.",)
            case "trust":
                return (self.recruiter,)
        return ()

    def offers(self, question: str) -> bool:
        """Tell whether `+` adds something of the user's own at a question."""
        return question in ("pull", "step") or (question == "reasons" and self.offers_reason)


def hints(repository: Repository, row: Row) -> Hints:
    """Gather what helps to decide on an opportunity."""
    documents = repository.documents
    present = seat.seat(documents)
    listed = {
        kind: ", ".join(item.text or "" for _, item in seat.items(documents, kind))
        for kind in ("core", "pillar", "promise")
    }
    used = sum("f" in decision.answers.reasons for decision in repository.decisions.sealed())
    return Hints(
        recruiter=people.brief(repository, row).sentence,
        seat=", ".join(filter(None, (present.title, present.employer))),
        core=listed["core"],
        pillars=listed["pillar"],
        promises=listed["promise"],
        offers_reason=used >= _OFTEN,
    )
