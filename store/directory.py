"""Everybody there is: recruiters, gathered from the rows, and the people the user knows, in one list."""

from typing import NamedTuple

from store import network
from store.identity import identities_of, of_row
from store.network import Known
from store.repository import Repository
from store.rules.row import Row


class Somebody(NamedTuple):
    """A recruiter, somebody the user knows, or both."""

    title: str
    """Their name."""
    about: str
    """Title and employer, or the firm."""
    circle: str
    """Their circle, or `recruiter`; empty where it is not said."""
    at: int
    """When they were last heard of or spoken to (milliseconds), 0 for never."""
    known: Known | None
    row: Row | None
    """The newest opportunity that they brought."""

    @property
    def text(self) -> str:
        """What a filter looks in, in small letters."""
        person = self.known.person if self.known is not None else None
        more = (person.wants, person.industry, person.places, person.email) if person is not None else ()
        firm = (self.row.firm, self.row.email) if self.row is not None else ()
        return "\n".join(filter(None, (self.title, self.about, self.circle, *more, *firm))).casefold()


def everybody(repository: Repository) -> list[Somebody]:
    """Return everybody by name, those whom the user knows first.

    A recruiter with several addresses is one where name and firm say so.
    """
    known = {each.id: each for each in network.everybody(repository.documents)}
    newest: dict[str, Row] = {}
    groups: dict[str, str] = {}
    for row in repository.index.rows.values():
        own = of_row(row)
        if row.hidden or not own:
            continue
        leader = next((groups[each] for each in own if each in groups), min(own))
        groups.update(dict.fromkeys(own, leader))
        if leader not in newest or newest[leader].at < row.at:
            newest[leader] = row
    theirs: dict[str, set[str]] = {}
    for identity, leader in groups.items():
        theirs.setdefault(leader, set()).add(identity)
    ids = {one: id for id, each in known.items() for one in identities_of(repository.documents, each)}
    found = []
    for leader, row in newest.items():
        mine = sorted({ids[each] for each in theirs[leader] if each in ids} & known.keys())
        found.append(_recruiter(row, known.pop(mine[0]) if mine else None))
    found += [_known(each) for each in known.values()]
    return sorted(found, key=lambda each: (each.known is None, each.title.casefold(), each.about))


def _recruiter(row: Row, known: Known | None) -> Somebody:
    circle = (known.person.circle if known is not None else None) or "recruiter"
    about = next((each for each in (row.firm, row.email, row.phone) if each and each != row.who), "")
    return Somebody(row.who, about, circle, row.at, known, row)


def _known(known: Known) -> Somebody:
    person = known.person
    what = " · ".join(filter(None, (person.title, person.employer)))
    return Somebody(person.name or "", what, person.circle or "", person.last_touch or 0, known, None)
