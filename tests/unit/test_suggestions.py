"""Which opportunities are likely one: what speaks for it, what against, and what was refused."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_support import a_row, fill
from store import alike
from store.errors import StoreError
from store.repository import Repository
from store.rules import suggestions as rules
from store.rules.knowing import NOBODY_KNOWN, Claim, Known, known_by
from store.rules.row import Row
from store.rules.suggestions import MOST, pairs, suggestions
from store.rules.summarize import NOBODY
from support import NOW, a_contact, a_message, ago

DANA = a_row(
    1,
    email="dana@northgate.example",
    firm="Northgate Search",
    phone="+14155550132",
    profile="https://www.linkedin.com/in/dana",
)


def reasons(one: Row, other: Row) -> tuple[str, ...]:
    """Return what speaks for two being one."""
    return next((each.reasons for each in suggestions(one, [other])), ())


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        (a_row(2, email="d@other.example"), ("same name", "same role", "the same day")),
        (a_row(2, firm="northgate  search"), ("same name and firm", "same role", "the same day")),
        (a_row(2, firm="Northgate Search Ltd"), ("same name and firm", "same role", "the same day")),
        (a_row(2, who="dana  whitfield"), ("same name", "same role", "the same day")),
        (a_row(2, who="Tom Birch", phone="(415) 555-0132"), ("same number", "same role", "the same day")),
        (
            a_row(2, who="Tom Birch", email="tom@northgate.example"),
            ("same role from the same domain", "the same day"),
        ),
        (a_row(2, who="Tom", firm="Northgate Search"), ("same role from the same firm", "the same day")),
        (
            a_row(2, who="D. W.", profile="https://www.linkedin.com/in/dana"),
            ("same profile", "same role", "the same day"),
        ),
        (a_row(2, at=ago(days=2)), ("same name", "same role", "a day apart")),
        (a_row(2, at=ago(days=46)), ("same name", "same role", "45 days apart")),
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
    """An address and a line, or a name, of somebody whom the user keeps are one recruiter's."""
    mailed, rang = a_row(1, who="D. W.", email="d@a.example"), a_row(2, who="Dana", phone="4155550132")
    named = a_row(3, who="Dana Whitfield")
    dana = Claim(7, "Dana Whitfield", "d@a.example", "+14155550132")
    for other in (rang, named):
        assert reasons(mailed, other) == ()
        found = suggestions(mailed, [other], known_by([dana]))
        assert found[0].reasons[0] == "the same person among those you know"
    namesake = known_by([dana, Claim(8, "Dana Whitfield", "dana@other.example")])
    assert suggestions(mailed, [named], namesake) == []


def test_three_at_most_the_likeliest_first() -> None:
    """More reasons come before fewer, then the newer one; what was refused is left out."""
    others = [a_row(number, at=ago(days=number)) for number in range(2, 8)]
    others.append(a_row(9, firm="Northgate Search", phone="+14155550132", at=ago(days=20)))
    found = suggestions(DANA, others)
    assert [each.row.id for each in found] == [9, 2, 3]
    assert len(found) == MOST
    left = suggestions(DANA, others, refused=lambda one, other: one is DANA and other.id in (9, 2))
    assert [each.row.id for each in left] == [3, 4, 5]


FIELDS = {
    "who": st.sampled_from(["Dana Whitfield", "Tom Birch", "Tom", NOBODY]),
    "role": st.sampled_from(["Staff Engineer", "Head of Data"]),
    "email": st.sampled_from(["", "d@northgate.example", "t@northgate.example", "d@gmail.com"]),
    "firm": st.sampled_from(["", "Northgate Search", "Other"]),
    "phone": st.sampled_from(["", "+14155550132", "(415) 555-0132", "73535"]),
    "role_known": st.booleans(),
}
KNOWN = known_by([Claim(1, "Tom Birch", "d@gmail.com")])


@given(
    st.lists(st.fixed_dictionaries({**FIELDS, "days": st.integers(0, 90)}), min_size=2, max_size=9),
    st.randoms(use_true_random=False),
    st.sampled_from([NOBODY_KNOWN, KNOWN]),
)
def test_all_pairs_are_what_each_is_told(
    fields: list[dict[str, Any]], chance: random.Random, known: Known
) -> None:
    """Looking only among those that share something finds what looking at all would, in one order."""
    rows = [a_row(id, at=ago(days=each.pop("days")), **each) for id, each in enumerate(map(dict, fields), 1)]
    told = {frozenset({row.id, each.row.id}) for row in rows for each in suggestions(row, rows, known)}
    found = pairs(rows, known)
    assert {frozenset({row.id, each.row.id}) for row, each in found} == told
    assert len(found) == len(told)
    chance.shuffle(rows)
    assert pairs(rows, known) == found


def test_every_pair_of_an_inbox_once(repository: Repository) -> None:
    """As the screen suggests them one by one; refusing is said of either, holds for both, and is undone."""
    same = [a_contact(email=f"dana@{firm}.example") for firm in ("north", "south", "east")]
    fill(repository, *(a_message(sender=each, role="Staff Engineer") for each in same))
    one, *_ = rows = list(repository.index.rows.values())
    found = {frozenset((row.id, each.row.id)) for row, each in alike.all_alike(repository)}
    assert found == {
        frozenset((row.id, each.row.id)) for row in rows for each in alike.alike(repository, row)
    }
    assert len(found) == 3
    other = rows[1]
    repository.transact("Merge", lambda transaction: alike.refuse(transaction, one, other))
    for row, gone in ((one, other), (other, one)):
        assert gone.id not in {each.row.id for each in alike.alike(repository, repository.index.rows[row.id])}
    assert len(alike.all_alike(repository)) == 2
    repository.undo()
    assert len(alike.all_alike(repository)) == 3
    with pytest.raises(StoreError, match="one already"):
        repository.transact("Merge", lambda transaction: alike.refuse(transaction, one, one))


def test_of_many_few_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a firm that writes two thousand times in a day, each is compared with few of the others."""
    asked = 0
    compare = rules._reasons

    def counted(one: rules._Traits, other: rules._Traits) -> tuple[str, ...]:
        nonlocal asked
        asked += 1
        return compare(one, other)

    monkeypatch.setattr(rules, "_reasons", counted)
    many = [a_row(each, at=NOW - each, firm="Northgate") for each in range(1, 2_001)]
    assert pairs(many)
    assert asked < len(many) * 200
