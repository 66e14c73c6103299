"""Which opportunities are likely one: what speaks for it, what against, and what was refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_support import a_row, fill
from store import alike
from store.errors import StoreError
from store.repository import Repository
from store.rules.row import Row
from store.rules.suggestions import MOST, suggestions, traits
from store.rules.summarize import NOBODY
from support import a_contact, a_message, ago

DANA = a_row(1, email="dana@northgate.example", firm="Northgate Search", phone="+14155550132")


def reasons(one: Row, other: Row, **known: str) -> tuple[str, ...]:
    """Return what speaks for two being one."""
    return next((each.reasons for each in suggestions(one, [other], known)), ())


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        (a_row(2, email="d@other.example"), ("same name", "the same day")),
        (a_row(2, firm="northgate  search"), ("same name and firm", "the same day")),
        (a_row(2, who="dana  whitfield"), ("same name", "the same day")),
        (a_row(2, who="Tom Birch", phone="(415) 555-0132"), ("same number", "the same day")),
        (
            a_row(2, who="Tom Birch", email="tom@northgate.example"),
            ("same role from the same domain", "the same day"),
        ),
        (a_row(2, who="Tom", firm="Northgate Search"), ("same role from the same firm", "the same day")),
        (a_row(2, at=ago(days=2)), ("same name", "a day apart")),
        (a_row(2, at=ago(days=46)), ("same name", "45 days apart")),
        (a_row(2, at=ago(days=47)), ()),
        (a_row(2, role="Head of Data"), ()),
        (a_row(2, role="Hello", role_known=False), ("same name", "the same day")),
        (a_row(2, who="Dana"), ()),
        (a_row(2, who="Tom Birch", email="tom@northgate.example", role_known=False), ()),
        (a_row(2, trashed=True), ()),
        (a_row(2, judged="review"), ()),
        (a_row(2, blocked=True), ()),
    ],
)
def test_reasons(other: Row, wanted: tuple[str, ...]) -> None:
    """Each is told, roles that differ or six weeks rule it out, and both sides see the same."""
    assert reasons(DANA, other) == wanted
    if other.counts:
        assert reasons(other, DANA) == wanted


def test_the_hiring_company_is_told_beside_another_reason() -> None:
    """Two firms may pitch one company: by itself it says nothing."""
    acme, same = a_row(1, company="Acme Robotics"), a_row(2, company="Acme Robotics")
    assert "same company" in reasons(acme, same)
    stranger = a_row(3, who="Tom Birch", company="Acme Robotics")
    assert reasons(acme, stranger) == ()


def test_free_mail_and_nobody_tell_nothing() -> None:
    """Half the world has the same domain of free mail, and whoever has no name is not one person."""
    one, other = (a_row(n, who=who, email=f"{n}@gmail.com") for n, who in enumerate(("A B", "C D"), 1))
    assert reasons(one, other) == ()
    assert reasons(a_row(1, who=NOBODY), a_row(2, who=NOBODY)) == ()


def test_the_same_person_among_those_known() -> None:
    """Two addresses that the user's own people have under one person are one recruiter."""
    one, other = a_row(1, who="D. W.", email="d@a.example"), a_row(2, who="Dana", email="d@b.example")
    assert reasons(one, other) == ()
    known = {"mailto:d@a.example": "7", "mailto:d@b.example": "7"}
    found = suggestions(one, [other], known)
    assert found[0].reasons[0] == "the same person among those you know"


def test_three_at_most_the_likeliest_first() -> None:
    """More reasons come before fewer, then the newer one; what was refused is left out."""
    others = [a_row(number, at=ago(days=number)) for number in range(2, 8)]
    others.append(a_row(9, firm="Northgate Search", phone="+14155550132", at=ago(days=20)))
    found = suggestions(DANA, others)
    assert [each.row.id for each in found] == [9, 2, 3]
    assert len(found) == MOST
    assert [each.row.id for each in suggestions(DANA, others, refused=frozenset({9, 2}))] == [3, 4, 5]


FIELDS = {
    "who": st.sampled_from(["Dana Whitfield", "Tom Birch", "Tom", NOBODY]),
    "role": st.sampled_from(["Staff Engineer", "Head of Data"]),
    "email": st.sampled_from(["", "d@northgate.example", "t@northgate.example", "d@gmail.com"]),
    "firm": st.sampled_from(["", "Northgate Search", "Other"]),
    "phone": st.sampled_from(["", "+14155550132", "(415) 555-0132", "73535"]),
    "role_known": st.booleans(),
}
KNOWN = {"mailto:d@gmail.com": "1", "tom birch": "1"}


@given(st.fixed_dictionaries(FIELDS), st.fixed_dictionaries(FIELDS))
def test_whoever_is_suggested_shares_a_trait(first: dict[str, str], second: dict[str, str]) -> None:
    """Looking only among those that share one finds every suggestion."""
    one, other = a_row(1, **first), a_row(2, **second)
    if suggestions(one, [other], KNOWN):
        assert traits(one, KNOWN) & traits(other, KNOWN)


def test_every_pair_of_an_inbox_once(repository: Repository) -> None:
    """As the screen suggests them one by one; refusing is said of either, holds for both, and is undone."""
    same = [a_contact(email=f"dana@{firm}.example") for firm in ("north", "south", "east")]
    fill(repository, *(a_message(sender=each, role="Staff Engineer") for each in same))
    one, *_ = rows = list(repository.index.rows.values())
    pairs = {frozenset((row.id, each.row.id)) for row, each in alike.all_alike(repository)}
    assert pairs == {
        frozenset((row.id, each.row.id)) for row in rows for each in alike.alike(repository, row)
    }
    assert len(pairs) == 3
    other = rows[1]
    repository.transact("Merge", lambda transaction: alike.refuse(transaction, one, other))
    for row, gone in ((one, other), (other, one)):
        assert gone.id not in {each.row.id for each in alike.alike(repository, repository.index.rows[row.id])}
    assert len(alike.all_alike(repository)) == 2
    repository.undo()
    assert len(alike.all_alike(repository)) == 3
    with pytest.raises(StoreError, match="one already"):
        repository.transact("Merge", lambda transaction: alike.refuse(transaction, one, one))


def test_many_are_compared_with_few(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the inbox is twice the work: only those that share something are looked at."""
    looked_at = []

    def counting(row: Row, rows: object, *more: object) -> object:
        looked_at.append(len(list(rows)))  # type: ignore[call-overload]
        return suggestions(row, rows, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(alike, "suggestions", counting)
    people = [a_contact(f"Person {number}", email=f"p@firm{number}.example") for number in range(60)]
    fill(repository, *(a_message(f"Role {number}", sender=each) for number, each in enumerate(people)))
    fill(repository, a_message("Again", sender=a_contact("Person 1", email="p@else.example")))
    assert len(alike.all_alike(repository)) == 1
    assert looked_at == [2, 2]
